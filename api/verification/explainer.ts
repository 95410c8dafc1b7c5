import type pg from "pg";
import type { Catalogue } from "./catalogue.js";
import { type Case, checks } from "./checks.js";
import type { CredentialRecord } from "./credential-record.js";
import type { Demand } from "./demand.js";
import { findApiKeyById } from "./find-credentials.js";
import type { HostNames, ResolvedNames } from "./host-names.js";
import { inTime } from "./in-time.js";
import { KnownCredential } from "./known-credential.js";
import { limitReached, rateLimited, rateOf } from "./limit-refusals.js";
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

/** When it is asked, and for what time: now, unless told. */
export interface AskedTimes {
  readonly nowMs: number;
  readonly atMs?: number;
}

export interface ExplainerOptions {
  readonly lease: { holds(): boolean };
  readonly cache: RecordCache;
  readonly pool: Pick<pg.Pool, "query">;
  readonly recogniser: Recogniser;
  readonly catalogue: Catalogue;
  readonly hostNames: HostNames;
  readonly meter: Meter;
  /** Told why no verdict could be reached. */
  readonly onUndecided: (error: unknown) => void;
}

const NODE = "this node's lease";
const RECOGNISED = "credential";
const RATE = "calls per second";
const USES = "token's uses";
const QUOTA = "quota";

/** Callers are promised an answer within two seconds. */
const EXPLAINED_WITHIN_MS = 1_700;

const UNDECIDED: Refusal = { code: "UNDECIDED", retryAfterSeconds: 1 };

/** Says why a call is or would be refused, check by check. Nothing is used up, counted or noted. */
export class Explainer {
  constructor(private readonly options: ExplainerOptions) {}

  /** Of a call with its credential. Until the secret has matched, nothing is told but that. */
  async explain(demand: Demand, times: AskedTimes): Promise<Explanation> {
    try {
      return await inTime(this.explainText(demand, times), EXPLAINED_WITHIN_MS);
    } catch (error) {
      this.options.onUndecided(error);
      return { decision: UNDECIDED, checks: [refusedBy(NODE, UNDECIDED), ...notReached(RECOGNISED)] };
    }
  }

  private async explainText(demand: Demand, times: AskedTimes): Promise<Explanation> {
    const found = await this.options.recogniser.recognise(demand.credential, times.nowMs);
    return "code" in found ? this.notRecognised(found) : this.explainKnown(found, demand, times);
  }

  /** Of a call with a key that is told by its id: who may see it needs no secret. Undefined: there is none to be seen. */
  async explainKey(
    apiKeyId: string,
    demand: Demand,
    times: AskedTimes,
    maySee: (record: CredentialRecord) => boolean,
  ): Promise<Explanation | undefined> {
    const { pool, cache } = this.options;
    const record = await findApiKeyById(pool, apiKeyId);
    if (!record || !maySee(record)) return undefined;
    const bucket = record.client ? cache.bucketOf(record.client.id) : undefined;
    return this.explainKnown(new KnownCredential(record, bucket), demand, times);
  }

  private async explainKnown(
    { record, bucket }: KnownCredential,
    demand: Demand,
    { nowMs, atMs = nowMs }: AskedTimes,
  ): Promise<Explanation> {
    const found = demand.api && (await this.identify(demand.api));
    const hostNames = this.namesNow(nowMs);
    const judged: Case = { record, demand, found, granted: undefined, nowMs: atMs, hostNames };
    const explained: ExplainedCheck[] = [];
    const refusals: Refusal[] = [];
    const note = (name: string, refusal: Refusal | undefined): void => {
      explained.push(refusal ? refusedBy(name, refusal) : passed(name));
      if (refusal) refusals.push(refusal);
    };
    note(NODE, this.refusalOfNode());
    note(RECOGNISED, undefined);
    for (const { name, judge } of checks) note(name, await judge(judged));
    const known = new KnownCredential(record, bucket?.copy());
    const rate = tryBucket(known, atMs);
    note(RATE, rate && "code" in rate ? rate : undefined);
    const quota = await this.tryQuotas(known, demand.cost ?? 1, atMs);
    const limit = quota && "code" in quota ? quota : undefined;
    note(USES, limit?.code === "USES_EXHAUSTED" ? limit : undefined);
    note(QUOTA, limit?.code === "QUOTA_EXCEEDED" ? limit : undefined);

    const api = found && "api" in found ? found.api : null;
    const limits = { rate: rateIn(rate), quota: quota && "code" in quota ? null : quota };
    return { decision: refusals[0] ?? { code: "VALID", known, api, ...limits }, checks: explained };
  }

  private notRecognised(refusal: Refusal): Explanation {
    const node = this.refusalOfNode();
    const first = node ? refusedBy(NODE, node) : passed(NODE);
    return { decision: node ?? refusal, checks: [first, refusedBy(RECOGNISED, refusal), ...notReached()] };
  }

  private refusalOfNode(): Refusal | undefined {
    return this.options.lease.holds() ? undefined : UNDECIDED;
  }

  /** Names are remembered for all verdicts, from when they were asked for, whatever time it is explained for. */
  private namesNow(nowMs: number): ResolvedNames {
    return { addressesOf: (hostName) => this.options.hostNames.addressesOf(hostName, nowMs) };
  }

  private async identify(called: NonNullable<Demand["api"]>): Promise<FoundApi> {
    return "problem" in called ? called : this.options.catalogue.find(called);
  }

  private async tryQuotas(known: KnownCredential, cost: number, nowMs: number): Promise<QuotaState | Refusal | null> {
    const { meter, pool } = this.options;
    const { record } = known;
    if (record.quotas.length === 0) return null;
    const used = await readUse(pool, meter, record, nowMs);
    if (meter.isUsedUp(record, used) || meter.exhausted(record, used, cost, nowMs))
      return limitReached(meter, known, used, { cost, nowMs });
    return meter.tightest(record, { ...used, used: used.used.map((each) => each + cost) }, nowMs);
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

function tryBucket(known: KnownCredential, nowMs: number): RateState | Refusal | null {
  const { bucket, record } = known;
  const limit = record.client?.tpsPerNode ?? 0;
  if (!bucket || limit === 0) return null;
  if (!bucket.take(limit, nowMs)) return rateLimited(known, nowMs);
  return rateOf(known, nowMs);
}

function rateIn(rate: RateState | Refusal | null): RateState | null {
  return rate && "code" in rate ? null : rate;
}

/** The checks of a credential that was recognised. */
function notReached(...before: readonly string[]): ExplainedCheck[] {
  const names = [...before, ...checks.map(({ name }) => name), RATE, USES, QUOTA];
  return names.map((name) => ({ name, outcome: "NOT_REACHED", code: null, message: null }));
}

function passed(name: string): ExplainedCheck {
  return { name, outcome: "PASSED", code: null, message: null };
}

function refusedBy(name: string, refusal: Refusal): ExplainedCheck {
  return { name, outcome: "REFUSED", code: refusal.code, message: messageOf(refusal) };
}
