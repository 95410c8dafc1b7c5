import { linesOf, type NodeHead } from "./middleware/called-credential.js";
import { judgeBy } from "./middleware/judge.js";
import type { ProtectOptions } from "./middleware/options.js";
import type { Allowed } from "./verdict.js";

export type { Demands, ProtectOptions } from "./middleware/options.js";
export type { Allowed } from "./verdict.js";
export { createVerifier, type OnUnavailable, type Verifier, type VerifierOptions } from "./verifier.js";

declare global {
  // biome-ignore lint/style/noNamespace: Express has its types extended in this way.
  namespace Express {
    interface Request {
      /** Who calls and what they may do, on routes that `protect` guards. */
      latchkey?: Allowed | undefined;
    }
  }
}

/** What is used of Express's request. */
export interface ProtectedExpressRequest extends NodeHead {
  readonly method: string;
  readonly originalUrl: string;
  readonly ip?: string | undefined;
  latchkey?: Allowed | undefined;
}

/** What is used of Express's response. */
export interface ProtectedExpressResponse {
  statusCode: number;
  readonly headersSent: boolean;
  setHeader(name: string, value: string): unknown;
  end(body: string): unknown;
}

/**
 * Middleware that lets only those calls pass which Latchkey allows, with the verdict in `req.latchkey`. Others are
 * answered with 401, 403, 429 or 503 and a problem document. The path that is judged is `originalUrl`, without its query.
 */
export function protect<Called extends ProtectedExpressRequest>(options: ProtectOptions<Called>) {
  const judge = judgeBy(options);
  return async (
    request: Called,
    response: ProtectedExpressResponse,
    next: (error?: unknown) => void,
  ): Promise<void> => {
    try {
      const { method, originalUrl: target, ip: address } = request;
      const outcome = await judge({ method, target, headers: [...linesOf(request)], address }, request);
      // Somebody else has answered meanwhile, as a time limit does.
      if (response.headersSent) return;
      for (const [name, value] of Object.entries(outcome.headers)) response.setHeader(name, value);
      if (outcome.verdict) {
        request.latchkey = outcome.verdict;
      } else {
        response.statusCode = outcome.status;
        response.end(outcome.body);
        return;
      }
    } catch (error) {
      next(error);
      return;
    }
    next();
  };
}
