import type { Actor } from "./actor.js";

/** Where and when an operation was asked for. */
export interface CallOrigin {
  readonly requestId: string;
  readonly transactionRef: string | null;
  readonly address: string | null;
  readonly now: Date;
}

/** An operation asked for by somebody known: what every service method takes first. */
export interface Call extends CallOrigin {
  readonly actor: Actor;
}
