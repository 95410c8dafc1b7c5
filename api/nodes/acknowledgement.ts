import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { LEASE_MS } from "./lease.js";

/** The first look comes at once; a node is usually done within a few milliseconds. */
const PAUSES_MS = [0, 2, 3, 5, 10, 20, 40] as const;
/** Clocks do not run at quite the same speed. */
const MARGIN_MS = 50;

/**
 * Which nodes with a lease have not confirmed all changes that were committed when this was first asked ($1 is null then).
 * A server that crashed may have lost the latest beats, and a node have a lease of which it knows nothing: after a restart
 * nodes that have not come back are waited for so much longer.
 */
const PENDING = {
  name: "pending-nodes",
  text: `
    with target as (select coalesce($1::pg_snapshot, pg_current_snapshot()) as snapshot)
    select target.snapshot::text as target, (
      select count(*)::int from nodes n
      where case
        when n.server_started_at <> pg_postmaster_start_time()
        then n.lease_until > clock_timestamp() - $2::int * interval '1 millisecond'
        else n.lease_until > clock_timestamp() and exists (
          select 1 from credential_changes c
          where c.transaction_id >= pg_snapshot_xmin(n.confirmed)
            and pg_visible_in_snapshot(c.transaction_id, target.snapshot)
            and not pg_visible_in_snapshot(c.transaction_id, n.confirmed)
        )
      end
    ) as pending
    from target`,
};

interface Pending {
  readonly target: string;
  readonly pending: number;
}

/** Tells when a change that was committed binds every node. */
export class Acknowledgement {
  constructor(
    private readonly pool: Pick<pg.Pool, "query">,
    private readonly onAcknowledged: (tookMs: number) => void,
    private readonly onError: (error: unknown) => void,
  ) {}

  /**
   * Resolves once every node has confirmed the changes so far, or can no longer have a lease from before them: a lease
   * that was renewed since has brought the changes with it. So it never takes longer than a lease, and never fails.
   */
  async everywhere(): Promise<void> {
    const startedAtMs = performance.now();
    const endsAtMs = startedAtMs + LEASE_MS + MARGIN_MS;
    let target: string | null = null;
    for (let round = 0; performance.now() < endsAtMs; round++) {
      const pauseMs = PAUSES_MS[Math.min(round, PAUSES_MS.length - 1)] as number;
      if (pauseMs > 0) await delay(Math.min(pauseMs, Math.max(0, endsAtMs - performance.now())));
      const answer: Pending | undefined = await this.ask(target).catch((error: unknown) => {
        this.onError(error);
        return undefined;
      });
      if (answer?.pending === 0) break;
      target = answer?.target ?? target;
    }
    this.onAcknowledged(performance.now() - startedAtMs);
  }

  private async ask(target: string | null): Promise<Pending> {
    const { rows } = await this.pool.query<Pending>({ ...PENDING, values: [target, LEASE_MS] });
    return rows[0] as Pending;
  }
}
