import pg from "pg";

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
  });
  // An idle connection that breaks is replaced at its next use; without a listener it would end the process.
  pool.on("error", onError);
  return pool;
}
