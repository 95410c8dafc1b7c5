import type { Logger } from "pino";
import type { Decision } from "../verification/verdict.js";
import type { VerdictCall } from "./verdicts/verdict-call.js";

/** Lines about verdicts. A gateway asks thousands of times a second: they are there for who wants them. */
export interface VerdictLog {
  /** Each verdict with the reference of whoever asked. */
  readonly verdict: (call: VerdictCall, decision: Decision, transactionRef: string | undefined) => void;
  readonly answered: (call: VerdictCall, status: number) => void;
}

/** Undefined where nobody wants them. */
export function verdictLog(logger: Logger): VerdictLog | undefined {
  if (!logger.isLevelEnabled("debug")) return undefined;
  return {
    verdict: ({ requestId }, { code }, transactionRef) => logger.debug({ requestId, code, transactionRef }, "verdict"),
    answered: ({ requestId, request: { method }, route: path, startedAtMs }, status) =>
      logger.debug({ requestId, method, path, status, ms: Math.round(performance.now() - startedAtMs) }, "answered"),
  };
}
