import type { Allowed, CalledApi, RefusalCode, VerifyRequest } from "../verdict.js";
import { createVerifier } from "../verifier.js";
import { isAddress } from "./address.js";
import { limitHeaders, type RefusalAnswer, refusalAnswer } from "./answer.js";
import { credentialIn, type HeaderLines } from "./called-credential.js";
import type { ProtectOptions } from "./options.js";

/** A call as a framework tells it. */
export interface IncomingCall {
  readonly method: string;
  /** What the caller asked for: a path or a whole URL, with its query. */
  readonly target: string;
  readonly headers: HeaderLines;
  readonly address: string | undefined;
}

/** Let pass, with headers for the answer that others give; or refused, with the whole answer. */
export type Outcome =
  | { readonly verdict: Allowed; readonly headers: Readonly<Record<string, string>> }
  | ({ readonly verdict: null } & RefusalAnswer);

/** What the server would refuse to read. */
const LENGTH_MAX = { credential: 1_000, method: 16, path: 8_192, transactionRef: 128 };

/** Judges calls by what the options of a route demand. */
export function judgeBy<Called>(
  options: ProtectOptions<Called>,
): (call: IncomingCall, request: Called) => Promise<Outcome> {
  const verifier = "verifier" in options ? options.verifier : createVerifier(options);
  const apiKeyHeader = (options.apiKeyHeader ?? "x-api-key").toLowerCase();

  return async (call, request) => {
    const credential = credentialIn(call.headers, apiKeyHeader);
    if (credential === undefined) return refuse("MALFORMED", "More than one credential was sent. Send exactly one.");
    if (credential.length > LENGTH_MAX.credential) return refuse("MALFORMED", "The credential is too long to be one.");
    const api = calledApi(call, request, options);
    if (api === null) return refuse("API_UNKNOWN", "No listed API answers this call.");
    const question: VerifyRequest = {
      credential,
      api,
      groups: options.groups,
      scopes: options.scopes,
      address: addressOf(options.address ? options.address(request) : call.address),
      cost: typeof options.cost === "function" ? options.cost(request) : options.cost,
      transactionRef: transactionRefIn(call.headers),
    };
    const verdict = await verifier.verify(question);
    return verdict.valid ? { verdict, headers: limitHeaders(verdict) } : { verdict: null, ...refusalAnswer(verdict) };
  };
}

function refuse(code: RefusalCode, message: string): Outcome {
  return { verdict: null, ...refusalAnswer({ valid: false, code, message, requestId: "" }) };
}

/** Undefined: none is judged. Null: it is none that can be listed. */
function calledApi<Called>(
  { method, target }: IncomingCall,
  request: Called,
  { api, collection }: ProtectOptions<Called>,
): CalledApi | undefined | null {
  const told = typeof api === "function" ? api(request) : api;
  if (told === false) return undefined;
  if (told) return { collection, ...told };
  const path = pathIn(target);
  if (path === undefined || method.length > LENGTH_MAX.method || path.length > LENGTH_MAX.path) return null;
  return { method, path, collection };
}

/**
 * A target may be a whole URL (RFC 9112 section 3.2.2). Undefined for one that routers read in different ways: it would
 * be judged as one call and served as another.
 */
function pathIn(target: string): string | undefined {
  return /^(?:https?:\/\/[^/?#\\]+)?(\/[^?#\\]*)(?:\?|$)/i.exec(target)?.[1];
}

/** Behind a proxy it may be any text. Without one, a client with host bindings is refused. */
function addressOf(address: string | undefined): string | undefined {
  return address !== undefined && isAddress(address) ? address : undefined;
}

function transactionRefIn(lines: HeaderLines): string | undefined {
  for (const [name, value] of lines) {
    if (name.toLowerCase() !== "x-transaction-ref") continue;
    return value !== "" && value.length <= LENGTH_MAX.transactionRef ? value : undefined;
  }
  return undefined;
}
