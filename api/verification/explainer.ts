import type pg from "pg";
import type { Catalogue } from "./catalogue.js";
import { type Case, checks } from "./checks.js";
import type { CredentialRecord } from "./credential-record.js";
import type { Demand } from "./demand.js";
import { findApiKeyById } from "./find-credentials.js";
import type { HostNames } from "./host-names.js";
import { KnownCredential } from "./known-credential.js";
import { quotaExceeded, rateLimited } from "./limit-refusals.js";
import type { FoundApi } from "./listed-api.js";
import type { Meter } from "./metering/meter.js";
import type { Recogniser } from "./recogniser.js";
import type { RecordCache } from "./record-cache.js";
import { type Decision, messageOf, type QuotaState, type RateState, type Refusal } from "./verdict.js";

/** What a check says of a call. */
export interface ExplainedCheck {
  readonly name: string;
  /** `NOT_REACHED`: without what the checks before it have refused, it cannot be told. */
  readonly outcome: "PASSED" | "REFUSED" | "NOT_REACHED";
  /** Of a refusal: the code that the verdict would have if this check were the first to refuse. */
  readonly code: Refusal["code"] | null;
  readonly message: string | null;
}

export interface Explanation {
  /** As the verdict would be. */
  readonly decision: Decision;
  /** All of them, in their order, also after the first that refuses. */
  readonly checks: readonly ExplainedCheck[];
}

export interface ExplainerOptions {
  readonly lease: { holds(): boolean };
  readonly cache: RecordCache;
  readonly pool: Pick<pg.Pool, "query">;
  readonly recogniser: Recogniser;
  readonly catalogue: Catalogue;
  readonly hostNames: HostNames;
  readonly meter: Meter;
}

const NODE = "this node's lease";
const RECOGNISED = "credential";
const RATE = "calls per second";
const QUOTA = "quota";

/** Says why a call is or would be refused, check by check. Nothing is used up, counted or noted. */
export class Explainer {
  constructor(private readonly options: ExplainerOptions) {}

  /** Of a call with its credential. Until the secret has matched, nothing is told but that. */
  async explain(demand: Demand, nowMs: number): Promise<Explanation> {
    const found = await this.options.recogniser.recognise(demand.credential, nowMs);
    if ("code" in found) return notRecognised(found);
    return this.explainKnown(found, demand, nowMs);
  }

  /** Of a call with a key that is told by its id: who may see it needs no secret. Undefined: there is none to be seen. */
  async explainKey(
    apiKeyId: string,
    demand: Demand,
    nowMs: number,
    maySee: (record: CredentialRecord) => boolean,
  ): Promise<Explanation | undefined> {
    const { pool, cache } = this.options;
    const record = await findApiKeyById(pool, apiKeyId);
    if (!record || !maySee(record)) return undefined;
    const bucket = record.client ? cache.bucketOf(record.client.id) : undefined;
    return this.explainKnown(new KnownCredential(record, bucket), demand, nowMs);
  }

  private async explainKnown(known: KnownCredential, demand: Demand, nowMs: number): Promise<Explanation> {
    const { record } = known;
    const found = demand.api && (await this.identify(demand.api));
    const judged: Case = { record, demand, found, nowMs, hostNames: this.options.hostNames };
    const explained: ExplainedCheck[] = [];
    const refusals: Refusal[] = [];
    const note = (name: string, refusal: Refusal | undefined): void => {
      explained.push(refusal ? refusedBy(name, refusal) : passed(name));
      if (refusal) refusals.push(refusal);
    };
    note(NODE, this.options.lease.holds() ? undefined : { code: "UNDECIDED" });
    note(RECOGNISED, undefined);
    for (const { name, judge } of checks) note(name, await judge(judged));
    const rate = rateOf(known, nowMs);
    note(RATE, rate && rate.remaining < 1 ? rateLimited(known, nowMs) : undefined);
    const quota = await this.quotaOf(known, demand.cost ?? 1, rate, nowMs);
    note(QUOTA, quota && "code" in quota ? quota : undefined);

    const api = found && "api" in found ? found.api : null;
    const limits = { rate, quota: quota && "code" in quota ? null : quota };
    return { decision: refusals[0] ?? { code: "VALID", known, api, ...limits }, checks: explained };
  }

  private async identify(called: NonNullable<Demand["api"]>): Promise<FoundApi> {
    return "problem" in called ? called : this.options.catalogue.find(called);
  }

  private async quotaOf(
    known: KnownCredential,
    cost: number,
    rate: RateState | null,
    nowMs: number,
  ): Promise<QuotaState | Refusal | null> {
    const { meter, pool } = this.options;
    const { record } = known;
    if (record.quotas.length === 0) return null;
    const used = await readUse(pool, meter, record, nowMs);
    if (meter.exhausted(record, used, cost, nowMs)) return quotaExceeded(meter, known, used, { cost, nowMs, rate });
    return meter.tightest(record, used, nowMs);
  }
}

const READ_COUNTERS =
  "select subject_id, period_starts_at, used from quota_counters where subject_id = any($1::uuid[])";

async function readUse(pool: Pick<pg.Pool, "query">, meter: Meter, { quotas }: CredentialRecord, nowMs: number) {
  const { rows } = await pool.query<{ subject_id: string; period_starts_at: Date; used: string }>(READ_COUNTERS, [
    quotas.map(({ subjectId }) => subjectId),
  ]);
  const states = quotas.map((quota) => {
    const { startMs } = meter.spanAt(quota, nowMs);
    const row = rows.find(({ subject_id: id }) => id === quota.subjectId);
    const counts = row !== undefined && row.period_starts_at.getTime() >= startMs;
    return { used: counts ? Number(row.used) : 0, startMs: counts ? row.period_starts_at.getTime() : startMs };
  });
  return { used: states.map(({ used }) => used), startsMs: states.map(({ startMs }) => startMs) };
}

function rateOf({ bucket, record: { client } }: KnownCredential, nowMs: number): RateState | null {
  if (!client || !bucket || client.tpsPerNode === 0) return null;
  const { tpsPerNode: limit } = client;
  return { limit, remaining: bucket.remaining(limit, nowMs), resetSeconds: bucket.fullInSeconds(limit) };
}

function passed(name: string): ExplainedCheck {
  return { name, outcome: "PASSED", code: null, message: null };
}

function refusedBy(name: string, refusal: Refusal): ExplainedCheck {
  return { name, outcome: "REFUSED", code: refusal.code, message: messageOf(refusal) };
}

function notRecognised(refusal: Refusal): Explanation {
  const names = [...checks.map(({ name }) => name), RATE, QUOTA];
  const rest = names.map((name): ExplainedCheck => ({ name, outcome: "NOT_REACHED", code: null, message: null }));
  return { decision: refusal, checks: [passed(NODE), refusedBy(RECOGNISED, refusal), ...rest] };
}
