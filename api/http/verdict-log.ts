import type { Logger } from "pino";
import type { Decision } from "../verification/verdict.js";
import type { VerdictCall } from "./verdicts/verdict-call.js";

/** Each verdict with the reference of whoever asked. A gateway asks thousands of times a second: for level debug only. */
export function verdictLog(logger: Logger) {
  return ({ requestId, route }: VerdictCall, { code }: Decision, transactionRef: string | undefined): void =>
    logger.debug({ requestId, route, code, transactionRef }, "verdict");
}
