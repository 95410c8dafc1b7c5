import type pg from "pg";

/** Breaks a line without a farewell: the other side may not be there to hear one. What waits on it is rejected. */
export function discardClient(client: pg.Client): void {
  (client as unknown as { readonly connection: { readonly stream: { destroy(): void } } }).connection.stream.destroy();
}
