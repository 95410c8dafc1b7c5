/** Of the operating system: no way to the server, or the way broke. */
const CONNECTION_ERRORS = /^(?:ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)$/;

/**
 * PostgreSQL's error codes, appendix A: connection exceptions, insufficient resources, operator intervention,
 * a statement that took too long, and a transaction that lost against another and may be tried again.
 */
const SERVER_ERRORS = /^(?:08|53|57P|57014|40)/;

/** Errors of node-postgres that carry no code. */
const CLIENT_ERRORS = /^(?:Connection terminated|timeout exceeded when trying to connect|Query read timeout)/;

/** Whether a statement failed because the database is not there just now, and not because of what it says. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.some(isUnavailable);
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return CONNECTION_ERRORS.test(code) || SERVER_ERRORS.test(code) || CLIENT_ERRORS.test(error.message);
}
