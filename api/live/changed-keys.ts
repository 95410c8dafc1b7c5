import { type DataSource, In } from "typeorm";
import { reachesKey } from "../access/reach.js";
import { ApiError } from "../errors.js";
import { ApiKey } from "../keys/api-key.entity.js";
import type { Change } from "../nodes/changes.js";
import { type Follower, Followers } from "./followers.js";

/** A follower that is so many changed keys behind is faster by reading the list again. */
const BEHIND_MAX = 10_000;

/** Keys that have changed, in whatever way and on whichever node: what the change feed tells every node. */
export class ChangedKeys {
  private readonly followers = new Followers<string>(BEHIND_MAX, missed);

  constructor(private readonly database: DataSource) {}

  /** To be told of all changes of the feed. */
  note(changes: readonly Change[]): void {
    if (this.followers.count === 0) return;
    // The node was cut off from the feed, and does not know what has changed meanwhile.
    if (changes.some(({ kind }) => kind === "ALL")) return this.followers.end(missed());
    this.followers.tell(changes.filter(({ kind }) => kind === "API_KEY").flatMap(({ ids }) => ids));
  }

  /** Those that the follower reaches, as they are now. */
  async *follow(follower: Follower): AsyncGenerator<ApiKey> {
    for await (const ids of this.followers.follow(follower.signal)) {
      const { actor } = await follower.renew();
      const found = await this.database.manager.findBy(ApiKey, { id: In([...ids]) });
      for (const key of found) if (reachesKey(actor, key)) yield key;
    }
  }

  stop(): void {
    this.followers.end(new ApiError("UNAVAILABLE", "This node stops. Subscribe again."));
  }
}

function missed(): ApiError {
  return new ApiError("UNAVAILABLE", "Changes may have been missed. Read the list again, and subscribe again.");
}
