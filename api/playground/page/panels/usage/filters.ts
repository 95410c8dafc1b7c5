import type { UsageDimension, UsageFilter } from "@latchkey/sdk";

/** What the usage is narrowed to, by the names that the address has for it. */
export const FILTERS = [
  { name: "client", dimension: "CLIENT", field: "clientId", title: "Clients" },
  { name: "key", dimension: "API_KEY", field: "apiKeyId", title: "Keys" },
  { name: "api", dimension: "API", field: "apiId", title: "APIs" },
  { name: "collection", dimension: "COLLECTION", field: "collectionId", title: "Collections" },
  { name: "region", dimension: "REGION", field: "regionId", title: "Regions" },
] as const satisfies readonly {
  readonly name: string;
  readonly dimension: UsageDimension;
  readonly field: keyof UsageFilter;
  readonly title: string;
}[];

export type FilterName = (typeof FILTERS)[number]["name"];
export type Chosen = Readonly<Record<FilterName, string>>;

export function chosenIn(query: URLSearchParams): Chosen {
  return Object.fromEntries(FILTERS.map(({ name }) => [name, query.get(name) ?? ""])) as Chosen;
}

export function filterOf(chosen: Chosen): UsageFilter {
  const given = FILTERS.filter(({ name }) => chosen[name] !== "");
  return Object.fromEntries(given.map(({ name, field }) => [field, chosen[name]]));
}
