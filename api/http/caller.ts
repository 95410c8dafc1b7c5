import type { FastifyRequest } from "fastify";
import type { Actor } from "../access/actor.js";
import type { Authenticator } from "../access/authenticate.js";
import type { CallOrigin } from "../access/call.js";
import { ApiError } from "../errors.js";
import { readCredentials } from "./read-credentials.js";

export interface CallerOptions {
  readonly authenticator: Authenticator;
  /** In lower case. */
  readonly apiKeyHeader: string;
}

/** Who calls the management API; null when the request carries no credential. */
export async function callerOf(
  { raw }: FastifyRequest,
  origin: CallOrigin,
  { authenticator, apiKeyHeader }: CallerOptions,
): Promise<Actor | null> {
  const [credential, ...others] = readCredentials(raw, apiKeyHeader);
  if (credential === undefined) return null;
  if (others.length > 0) throw new ApiError("UNAUTHENTICATED", "More than one credential was sent. Send exactly one.");
  return authenticator.authenticate(credential, origin);
}
