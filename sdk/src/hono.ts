import type { Context } from "hono";
import { judgeBy } from "./middleware/judge.js";
import type { ProtectOptions } from "./middleware/options.js";
import type { Allowed } from "./verdict.js";

export type { Demands, ProtectOptions } from "./middleware/options.js";
export type { Allowed } from "./verdict.js";
export { createVerifier, type OnUnavailable, type Verifier, type VerifierOptions } from "./verifier.js";

declare module "hono" {
  interface ContextVariableMap {
    /** Who calls and what they may do, on routes that `protect` guards. */
    latchkey: Allowed;
  }
}

/** What is used of Hono's context. */
export interface ProtectedHonoContext {
  readonly env: unknown;
  readonly req: { readonly method: string; readonly raw: Request };
  set(name: "latchkey", verdict: Allowed): void;
  header(name: string, value: string): void;
}

/**
 * Middleware that lets only those calls pass which Latchkey allows, with the verdict in `c.get("latchkey")`. Others are
 * answered with 401, 403, 429 or 503 and a problem document. On Node the address is the peer's; elsewhere, and behind a
 * proxy, let `address` tell it, with the `getConnInfo` of your platform.
 */
export function protect(options: ProtectOptions<Context>) {
  const judge = judgeBy(options);
  // Any context will do: a plain one would take the types of its path from a route.
  return async (context: ProtectedHonoContext, next: () => Promise<void>): Promise<Response | undefined> => {
    const { method, raw } = context.req;
    const call = { method, target: raw.url, headers: [...raw.headers], address: peerOf(context.env) };
    const outcome = await judge(call, context as Context);
    if (!outcome.verdict) return new Response(outcome.body, outcome);
    context.set("latchkey", outcome.verdict);
    await next();
    // Afterwards: an answer that the handler made itself would go without them.
    for (const [name, value] of Object.entries(outcome.headers)) context.header(name, value);
    return undefined;
  };
}

/** As `@hono/node-server` tells it. */
function peerOf(env: unknown): string | undefined {
  const { incoming } = (env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  return incoming?.socket?.remoteAddress;
}
