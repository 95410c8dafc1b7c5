import { quotaSpanAt, type Span } from "../../conditions/quota-period.js";
import type { CredentialRecord, Quota } from "../credential-record.js";
import type { ListedApi } from "../listed-api.js";
import type { QuotaState } from "../verdict.js";
import type { GroupCommit } from "./group-commit.js";
import { NO_ID, type Order, type Receipt } from "./order.js";
import { Refunds } from "./refunds.js";

const MINUTE_MS = 60_000;
const ZONES_KEPT = 1_000;

/** Meters calls of credentials that have quotas: each must find room in all of them, and takes from all or from none. */
export class Meter {
  /** To ask for a span takes a thousand times as long as to look it up. */
  private readonly spans = new Map<string, Span>();

  private readonly refunds: Refunds;

  constructor(private readonly commits: GroupCommit) {
    this.refunds = new Refunds(commits);
  }

  orderOf(record: CredentialRecord, api: ListedApi | null, cost: number, nowMs: number): Order {
    return {
      subjects: record.quotas.map((quota) => ({
        id: quota.subjectId,
        limit: quota.limit,
        cost: quota.isUses ? 1 : cost,
        startMs: this.spanAt(quota, nowMs).startMs,
      })),
      credentialId: record.id,
      calls: 1,
      minuteMs: nowMs - (nowMs % MINUTE_MS),
      clientId: record.client?.id ?? NO_ID,
      apiKeyId: record.kind === "API_KEY" ? record.id : NO_ID,
      apiId: api?.id ?? NO_ID,
    };
  }

  take(order: Order): Promise<Receipt> {
    return this.commits.place(order);
  }

  /** What was granted to a call that was refused after all, in the periods that it was counted to. Never rejects. */
  giveBack(order: Order, { startsMs }: Receipt): Promise<void> {
    const subjects = order.subjects.map((subject, index) => ({
      ...subject,
      startMs: startsMs[index] ?? subject.startMs,
    }));
    return this.refunds.giveBack({ ...order, subjects });
  }

  /** What waits is decided first. */
  async close(): Promise<void> {
    await this.refunds.stop();
    await this.commits.close();
  }

  /** The quota that is nearest to its end: of several, that is what a caller has to heed. Null: it has none. */
  tightest(
    record: CredentialRecord,
    { used, startsMs }: Pick<Receipt, "used" | "startsMs">,
    nowMs: number,
  ): QuotaState | null {
    let tightest: QuotaState | null = null;
    for (const [index, quota] of record.quotas.entries()) {
      if (quota.isUses) continue;
      const { limit } = quota;
      const remaining = Math.max(0, limit - (used[index] ?? 0));
      if (tightest && remaining >= tightest.remaining) continue;
      // Counted to a period that another node had begun already, if it is later than ours.
      const { endMs: resetsAtMs } = this.spanAt(quota, Math.max(nowMs, startsMs[index] ?? 0));
      tightest = { limit, remaining, resetsAtMs };
    }
    return tightest;
  }

  /** Whether it was used as often as it may be. */
  isUsedUp(record: CredentialRecord, { used }: Pick<Receipt, "used">): boolean {
    return record.quotas.some(({ isUses, limit }, index) => isUses && (used[index] ?? 0) >= limit);
  }

  /** The quota that has no room for so much, if one has not. */
  exhausted(record: CredentialRecord, receipt: Pick<Receipt, "used" | "startsMs">, cost: number, nowMs: number) {
    const short = record.quotas.filter(
      ({ isUses, limit }, index) => !isUses && limit - (receipt.used[index] ?? 0) < cost,
    );
    if (short.length === 0) return undefined;
    // The call passes when the last of them has begun anew.
    return short
      .map((quota) => ({ quota, endMs: this.spanAt(quota, nowMs).endMs }))
      .reduce((one, other) => (other.endMs > one.endMs ? other : one));
  }

  spanAt(quota: Quota, atMs: number): Span {
    const { span } = quota;
    if (span && span.startMs <= atMs && atMs < span.endMs) return span;
    quota.span = this.askForSpan(quota, atMs);
    return quota.span;
  }

  private askForSpan({ period, timeZone }: Quota, atMs: number): Span {
    const name = `${period} ${timeZone}`;
    const known = this.spans.get(name);
    if (known && known.startMs <= atMs && atMs < known.endMs) return known;
    const span = quotaSpanAt(period, timeZone, atMs);
    if (this.spans.size >= ZONES_KEPT) this.spans.clear();
    this.spans.set(name, span);
    return span;
  }
}
