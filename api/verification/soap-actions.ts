import type { ListedApi } from "./listed-api.js";

/** SOAP APIs by what a call names: the action or, where no API has that action, the operation. */
export class SoapActions {
  private readonly byAction = new Map<string, ListedApi[]>();
  private readonly byOperation = new Map<string, ListedApi[]>();

  add(api: ListedApi, action: string | null, operation: string | null): void {
    if (action !== null) addTo(this.byAction, action, api);
    if (operation !== null) addTo(this.byOperation, operation, api);
  }

  /** More than one where the name alone does not tell. */
  find(name: string): readonly ListedApi[] {
    return this.byAction.get(name) ?? this.byOperation.get(name) ?? [];
  }
}

function addTo(apis: Map<string, ListedApi[]>, name: string, api: ListedApi): void {
  const known = apis.get(name);
  if (known) known.push(api);
  else apis.set(name, [api]);
}
