/** What a verdict needs to know of a listed API. */
export interface ListedApi {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly openToAll: boolean;
  readonly groupIds: readonly string[];
  /** What verdicts tell of it, put into words once. */
  readonly json: string;
  readonly isJsonAscii: boolean;
}

/** The API that answers a call, or why none does. */
export type FoundApi = { readonly api: ListedApi } | { readonly problem: string };
