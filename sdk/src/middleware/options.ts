import type { CalledApi } from "../verdict.js";
import type { Verifier, VerifierOptions } from "../verifier.js";

/** What a route demands of a call, and how the call is read. `Called` is the framework's request. */
export interface Demands<Called> {
  /** Groups that must all be held, by name or id. Up to 100. */
  readonly groups?: readonly string[] | undefined;
  /** Scopes that must all be held. Up to 100. */
  readonly scopes?: readonly string[] | undefined;
  /** Where the APIs of this service are listed: an id or `<region code>/<collection name>`. Left out, all are searched. */
  readonly collection?: string | undefined;
  /** What a call takes from quotas, 1 to 1,000,000. Default 1. */
  readonly cost?: number | ((request: Called) => number) | undefined;
  /**
   * Which API the call is: by default its method and its path as the caller sent them. `false`: none, only the
   * credential, its owner, `groups` and `scopes` are judged. A SOAP service names the action here.
   */
  readonly api?: CalledApi | false | ((request: Called) => CalledApi | false) | undefined;
  /** The caller's IP address. By default what the framework tells, which believes the proxies that it was told to. */
  readonly address?: ((request: Called) => string | undefined) | undefined;
  /** The header of API keys, as in Latchkey's `API_KEY_HEADER`. Default `X-API-Key`. */
  readonly apiKeyHeader?: string | undefined;
}

/** How to reach Latchkey, or a verifier that many routes share, and what the route demands. */
export type ProtectOptions<Called> = Demands<Called> & (VerifierOptions | { readonly verifier: Verifier });
