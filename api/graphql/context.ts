import { createParameterDecorator } from "type-graphql";
import type { Actor } from "../access/actor.js";
import type { Call, CallOrigin } from "../access/call.js";
import { ApiError } from "../errors.js";
import type { Loaders } from "./loaders.js";

/** What one GraphQL request carries. */
export interface Context extends CallOrigin {
  readonly actor: Actor | null;
  readonly loaders: Loaders;
}

/** Gives a resolver the call with its actor. Its policy has already refused whoever is not signed in. */
export function CurrentCall() {
  return createParameterDecorator<Context>(({ context }) => signedIn(context));
}

function signedIn(context: Context): Call {
  const { actor, requestId, transactionRef, address, now } = context;
  if (!actor) throw new ApiError("UNAUTHENTICATED", "Sign in first.");
  return { actor, requestId, transactionRef, address, now };
}
