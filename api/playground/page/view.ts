import { useSyncExternalStore } from "react";

/** What the page shows beside or in place of the editor. The address names it, so that it can be kept, sent and gone back to. */
export const views = [
  { name: "query", title: "Query" },
  { name: "records", title: "Records" },
  { name: "usage", title: "Usage" },
  { name: "audit", title: "Audit" },
  { name: "gateways", title: "Gateways" },
] as const;

export type ViewName = (typeof views)[number]["name"];

export interface View {
  readonly name: ViewName;
  /** What a view is told by its address, such as the client of `#usage?client=web-shop`. */
  readonly query: URLSearchParams;
}

export function addressOf(name: ViewName, query: Readonly<Record<string, string>> = {}): string {
  const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ""));
  return parameters.size > 0 ? `#${name}?${parameters}` : `#${name}`;
}

export function useView(): View {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const [name, query] = hash.slice(1).split("?", 2);
  return { name: views.find((view) => view.name === name)?.name ?? "query", query: new URLSearchParams(query) };
}

/** Goes there without a step in the history: a filter that is typed is not a place to go back to. */
export function replaceView(name: ViewName, query: Readonly<Record<string, string>>): void {
  history.replaceState(history.state, "", addressOf(name, query));
  dispatchEvent(new HashChangeEvent("hashchange"));
}

function subscribe(onChange: () => void): () => void {
  addEventListener("hashchange", onChange);
  return () => removeEventListener("hashchange", onChange);
}
