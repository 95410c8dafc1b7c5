import type { ChangedKeys } from "../live/changed-keys.js";
import type { Follower } from "../live/followers.js";
import type { UsagePulse } from "../live/usage-pulse.js";
import type { Context } from "./context.js";

/** What subscriptions are fed from. */
export interface Live {
  readonly keys: ChangedKeys;
  readonly usage: UsagePulse;
}

/** Of a subscription. */
export interface LiveContext extends Context, Follower {
  readonly live: Live;
}
