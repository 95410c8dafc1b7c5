import pg from "pg";
import type { DataSource } from "typeorm";
import { discardClient } from "../nodes/discard-client.js";

/**
 * The connections of the hot path, apart from TypeORM's, so that a long list in the management API never makes a
 * verdict wait for a connection.
 */
export function createPool(url: string, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    application_name: "latchkey-verify",
    connectionTimeoutMillis: 1_500,
    query_timeout: 1_500,
    statement_timeout: 1_500,
    keepAlive: true,
  });
  // An idle connection that breaks is replaced at its next use; without a listener it would end the process.
  pool.on("error", onError);
  return pool;
}

/**
 * Knows the lines of a pool, to break them all at once: when the database was away, each of them would be found dead only
 * after its own time had run out. What is under way fails, and the next use opens a line that lives.
 */
export function linesOf(pool: pg.Pool): { breakAll(): void } {
  const lines = new Set<pg.PoolClient>();
  // Also those that were open before: each is handed out before it matters.
  pool.on("acquire", (client) => {
    if (lines.has(client)) return;
    client.on("error", () => undefined);
    lines.add(client);
  });
  pool.on("remove", (client) => void lines.delete(client));
  return {
    breakAll: () => {
      for (const client of lines) discardClient(client as unknown as pg.Client);
    },
  };
}

/** Of TypeORM, which has a pool of its own. */
export function managementPool(dataSource: DataSource): pg.Pool {
  return (dataSource.driver as unknown as { readonly master: pg.Pool }).master;
}
