import { encodeCursor, firstPage, type Page } from "../database/paginate.js";
import type { ApiKey } from "./api-key.entity.js";
import { orderOf } from "./list-api-keys.js";

/**
 * A client's newest keys as the first page of the list `apiKeys(filter: {clientId})`, whose cursors these are. `found`
 * holds one key more than the page when there are more.
 */
export function firstPageOf(found: readonly ApiKey[], first: number, count: () => Promise<number>): Page<ApiKey> {
  const order = orderOf(null).name;
  const edges = found.slice(0, first).map((node) => ({
    node,
    cursor: encodeCursor({ order, value: node.id, id: node.id }),
  }));
  return firstPage(edges, found.length > first, count);
}
