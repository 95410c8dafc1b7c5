import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { keyReach } from "../access/reach.js";
import { findClient } from "../clients/find-client.js";
import { ApiError, notFound } from "../errors.js";
import { type Follower, Followers } from "./followers.js";
import type { UsageUpdate } from "./usage-updated.types.js";

const PULSE_MS = 1_000;
const MINUTE_MS = 60_000;
const BEHIND_MAX = 1_000;

interface Row {
  readonly minute: Date;
  readonly code: string;
  readonly calls: string;
}

/** What is followed of one client. */
interface Watched {
  readonly followers: Followers<UsageUpdate>;
  /** The counts that were told last, by minute. */
  told: Map<number, string>;
}

/**
 * Calls of clients by the minute, as they are counted. The counts are read once a second of each client that somebody
 * follows, whatever the number of followers, and of no other.
 */
export class UsagePulse {
  private readonly watched = new Map<string, Watched>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly now: () => Date,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Of a client that the follower reaches. */
  async follow(follower: Follower, reference: string): Promise<AsyncGenerator<UsageUpdate>> {
    const { id } = await findClient(this.database.manager, reference);
    const refuse = async () => refuseUnreached(await follower.renew(), id);
    await refuse();
    return updatesOf(await this.watch(id, follower.signal), refuse);
  }

  stop(): void {
    clearTimeout(this.timer);
    for (const { followers } of this.watched.values())
      followers.end(new ApiError("UNAVAILABLE", "This node stops. Subscribe again."));
    this.watched.clear();
  }

  /** What was counted before somebody follows is no news. Whoever is watched has a follower from the beginning. */
  private async watch(clientId: string, signal: AbortSignal): Promise<AsyncGenerator<readonly UsageUpdate[]>> {
    const told = this.watched.has(clientId) ? new Map<number, string>() : byMinute(await this.read(clientId)).counts;
    const watched = this.watched.get(clientId) ?? { followers: new Followers<UsageUpdate>(BEHIND_MAX, missed), told };
    this.watched.set(clientId, watched);
    this.timer ??= setTimeout(() => void this.beat(), PULSE_MS);
    return watched.followers.follow(signal);
  }

  private async beat(): Promise<void> {
    for (const [clientId, watched] of this.watched) {
      if (watched.followers.count === 0) this.watched.delete(clientId);
      else await this.tellNews(clientId, watched).catch(this.onError);
    }
    this.timer = this.watched.size === 0 ? undefined : setTimeout(() => void this.beat(), PULSE_MS);
  }

  private async tellNews(clientId: string, watched: Watched): Promise<void> {
    const { updates, counts } = byMinute(await this.read(clientId));
    watched.followers.tell(
      updates.filter(({ minute }) => watched.told.get(minute.getTime()) !== counts.get(minute.getTime())),
    );
    watched.told = counts;
  }

  /** Of this minute and the one before, which may still be counted. */
  private read(clientId: string): Promise<Row[]> {
    const nowMs = this.now().getTime();
    const from = new Date(nowMs - (nowMs % MINUTE_MS) - MINUTE_MS);
    return this.database.query(
      `select minute, code, sum(calls) as calls from usage_minutes
       where client_id = $1 and minute >= $2 group by minute, code order by minute, code`,
      [clientId, from],
    );
  }
}

async function* updatesOf(
  gathered: AsyncGenerator<readonly UsageUpdate[]>,
  refuse: () => Promise<void>,
): AsyncGenerator<UsageUpdate> {
  for await (const updates of gathered) {
    await refuse();
    // Of several counts of one minute, the last.
    yield* new Map(updates.map((update) => [update.minute.getTime(), update])).values();
  }
}

/** Absent and somebody else's are one answer. */
function refuseUnreached({ actor }: Call, clientId: string): void {
  const { clients } = keyReach(actor);
  if (clients !== "ALL" && (clients !== "OWN" || actor.id !== clientId))
    throw notFound("client", `out of reach of ${actor.id}`);
}

function byMinute(rows: readonly Row[]) {
  const minutes = new Map<number, UsageUpdate>();
  for (const { minute, code, calls: text } of rows) {
    const calls = Number(text);
    const known = minutes.get(minute.getTime()) ?? { minute, calls: 0, allowed: 0, refused: 0 };
    minutes.set(minute.getTime(), {
      minute,
      calls: known.calls + calls,
      allowed: known.allowed + (code === "VALID" ? calls : 0),
      refused: known.refused + (code === "VALID" ? 0 : calls),
    });
  }
  const updates = [...minutes.values()];
  return {
    updates,
    counts: new Map(updates.map((each) => [each.minute.getTime(), `${each.allowed} ${each.refused}`])),
  };
}

function missed(): ApiError {
  return new ApiError("UNAVAILABLE", "Counts may have been missed. Read the usage again, and subscribe again.");
}
