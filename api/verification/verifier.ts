import { andThen } from "./and-then.js";
import type { Catalogue } from "./catalogue.js";
import { type Case, checks } from "./checks.js";
import { Deadlines } from "./deadlines.js";
import type { CalledApi, Demand, UnclearCall } from "./demand.js";
import type { HostNames } from "./host-names.js";
import type { KnownCredential } from "./known-credential.js";
import { limitReached, rateLimited, rateOf } from "./limit-refusals.js";
import type { FoundApi, ListedApi } from "./listed-api.js";
import type { Meter } from "./metering/meter.js";
import type { Order, Receipt } from "./metering/order.js";
import type { Pressure } from "./pressure.js";
import type { RecentCalls } from "./recent-calls.js";
import type { Recogniser } from "./recogniser.js";
import type { UseBuffer } from "./use-buffer.js";
import type { Decision, Limits, RateState, Refusal } from "./verdict.js";

export interface VerifierOptions {
  /** Whether this node may still say yes. */
  readonly lease: { holds(): boolean };
  readonly recogniser: Recogniser;
  readonly catalogue: Catalogue;
  readonly hostNames: HostNames;
  readonly meter: Meter;
  readonly pressure: Pressure;
  readonly uses: UseBuffer;
  /** Undefined: no calls are kept. */
  readonly calls: RecentCalls | undefined;
  /** Told why no verdict could be reached. */
  readonly onUndecided: (error: unknown, requestId: string) => void;
  readonly onDecision: (decision: Decision) => void;
}

const UNDECIDED: Refusal = { code: "UNDECIDED", retryAfterSeconds: 1 };
const OVERLOADED: Refusal = {
  code: "UNDECIDED",
  message: "This node has more to do than it can answer in time. Ask again.",
  retryAfterSeconds: 1,
};
/** As of a client that was given none. */
const PRIORITY_OF_USERS = 5;
/** What changes while it is judged is judged anew. */
const ATTEMPTS_MAX = 5;
/** A verdict that takes longer is none: callers are promised an answer within two seconds. */
const DECIDE_MS_MAX = 1_700;

/** One question, as it is worked on. */
interface Question {
  readonly demand: Demand;
  readonly requestId: string;
  readonly nowMs: number;
  attempts: number;
  /** Of the catalogue in which its API was found. */
  catalogueVersion: number;
  /** Whose call of what it is, as far as it was found out. */
  known: KnownCredential | undefined;
  apiId: string | undefined;
  /** What was taken, and what it leaves: an answer that is judged anew does not pay twice. */
  paid: Paid | undefined;
  /** It has its answer: whatever is found out now, nobody is let in. */
  over: boolean;
}

interface Paid {
  readonly known: KnownCredential;
  readonly order: Order;
  readonly receipt: Receipt;
  readonly limits: Limits;
}

/**
 * The hot path: recognise, check, meter, decide. With everything in memory and no quota it answers at once, without a
 * promise. Refusals are values; an exception means "could not decide".
 */
export class Verifier {
  private readonly deadlines = new Deadlines(DECIDE_MS_MAX);

  constructor(private readonly options: VerifierOptions) {}

  verify(demand: Demand, requestId: string, now: Date | number): Decision | Promise<Decision> {
    const nowMs = Number(now);
    const question: Question = {
      demand,
      requestId,
      nowMs,
      attempts: 0,
      catalogueVersion: 0,
      known: undefined,
      apiId: undefined,
      paid: undefined,
      over: false,
    };
    try {
      const decision = this.judge(question);
      return decision instanceof Promise ? this.inTime(decision, question) : this.report(decision, question);
    } catch (error) {
      return this.report(this.giveUp(error, question), question);
    }
  }

  private inTime(decision: Promise<Decision>, question: Question): Promise<Decision> {
    return new Promise((resolve) => {
      const answer = (reached: Decision): void => {
        deadline.isOver = true;
        if (!question.over) resolve(this.report(reached, question));
        question.over = true;
      };
      const fail = (error: unknown): void => answer(this.giveUp(error, question));
      const deadline = this.deadlines.begin(() => fail(new Error("The database does not answer in time.")));
      decision.then(answer, fail);
    });
  }

  private report(decision: Decision, question: Question): Decision {
    this.options.onDecision(decision);
    this.options.calls?.note(question, decision.code);
    return decision;
  }

  private giveUp(error: unknown, question: Question): Refusal {
    if (!question.over) this.options.onUndecided(error, question.requestId);
    void this.payBack(question);
    return UNDECIDED;
  }

  private judge(question: Question): Decision | Promise<Decision> {
    if (!this.options.lease.holds()) {
      void this.payBack(question);
      return UNDECIDED;
    }
    return andThen(this.options.recogniser.recognise(question.demand.credential, question.nowMs), (known) =>
      "code" in known ? this.refuse(undefined, known, question) : this.judgeKnown(known, question),
    );
  }

  private judgeKnown(known: KnownCredential, question: Question): Decision | Promise<Decision> {
    const { demand, nowMs } = question;
    return andThen(demand.api && this.identify(demand.api), (found) => {
      question.catalogueVersion = this.options.catalogue.version;
      const { record, grantedApi: granted } = known;
      const judged: Case = { record, demand, found, granted, nowMs, hostNames: this.options.hostNames };
      const api = found && "api" in found ? found.api : null;
      question.known = known;
      question.apiId = api?.id;
      return andThen(refusalIn(judged, 0), (refusal) =>
        refusal ? this.refuse(known, refusal, question, api) : this.limit(known, api, question),
      );
    });
  }

  private identify(called: CalledApi | UnclearCall): FoundApi | Promise<FoundApi> {
    return "problem" in called ? called : this.options.catalogue.find(called);
  }

  /** Who is allowed in principle may still call too much. */
  private limit(known: KnownCredential, api: ListedApi | null, question: Question): Decision | Promise<Decision> {
    const { record } = known;
    const { paid, nowMs, over } = question;
    if (over) return UNDECIDED;
    if (paid) return this.grant(known, api, paid.limits, question);
    const priority = record.client?.priority ?? PRIORITY_OF_USERS;
    if (!this.options.pressure.admits(priority)) return this.refuse(known, OVERLOADED, question, api);

    const rate = takeFromBucket(known, nowMs);
    if (rate === "NONE_LEFT") return this.refuse(known, rateLimited(known, nowMs), question, api);
    if (record.quotas.length === 0) return this.grant(known, api, { rate, quota: null }, question);
    return this.takeFromQuotas(known, api, rate, question);
  }

  private takeFromQuotas(
    known: KnownCredential,
    api: ListedApi | null,
    rate: RateState | null,
    question: Question,
  ): Promise<Decision> {
    const { meter } = this.options;
    const { nowMs, demand } = question;
    const cost = demand.cost ?? 1;
    const order = meter.orderOf(known.record, api, cost, nowMs);
    const judge = (receipt: Receipt): Decision | Promise<Decision> => {
      if (!receipt.granted) {
        known.bucket?.giveBack();
        const refusal = limitReached(meter, known, receipt, { cost, nowMs });
        return this.refuse(known, refusal, question, api);
      }
      const limits = { rate, quota: meter.tightest(known.record, receipt, nowMs) };
      question.paid = { known, order, receipt, limits };
      return this.grant(known, api, limits, question);
    };
    return meter.take(order).then(judge, (error: unknown) => {
      known.bucket?.giveBack();
      throw error;
    });
  }

  private grant(
    known: KnownCredential,
    api: ListedApi | null,
    limits: Limits,
    question: Question,
  ): Decision | Promise<Decision> {
    const { uses, lease, catalogue } = this.options;
    const { demand, nowMs, paid } = question;
    if (question.over) return this.giveUp(undefined, question);
    const isCurrent = known.current && (!demand.api || question.catalogueVersion === catalogue.version);
    if (!isCurrent || !lease.holds()) {
      if (!paid) known.bucket?.giveBack();
      return this.judgeAnew(question);
    }
    if (api) known.grantedApi = api;
    uses.noteUse(known, nowMs, demand.address ?? null, api && api.id);
    if (!paid) uses.count(known, api && api.id, "VALID", nowMs);
    return { code: "VALID", known, api, rate: limits.rate, quota: limits.quota };
  }

  private judgeAnew(question: Question): Decision | Promise<Decision> {
    if (++question.attempts < ATTEMPTS_MAX) return this.judge(question);
    throw new Error("It changes faster than it can be judged.");
  }

  /** A call that is not let in uses nothing: what it has taken before it was judged anew is given back. */
  private payBack(question: Question): Promise<void> | undefined {
    const { paid } = question;
    if (!paid) return undefined;
    question.paid = undefined;
    paid.known.bucket?.giveBack();
    return this.options.meter.giveBack(paid.order, paid.receipt);
  }

  private refuse(
    known: KnownCredential | undefined,
    refusal: Refusal,
    question: Question,
    api: ListedApi | null = null,
  ): Decision | Promise<Decision> {
    this.options.uses.count(known, api && api.id, refusal.code, question.nowMs);
    const paidBack = this.payBack(question);
    return paidBack ? paidBack.then(() => refusal) : refusal;
  }
}

/** The first refusal of the checks from a place on. */
function refusalIn(judged: Case, from: number): Refusal | undefined | Promise<Refusal | undefined> {
  for (let place = from; place < checks.length; place++) {
    const answer = checks[place]?.judge(judged);
    if (answer instanceof Promise) return answer.then((refusal) => refusal ?? refusalIn(judged, place + 1));
    if (answer) return answer;
  }
  return undefined;
}

function takeFromBucket(known: KnownCredential, nowMs: number): RateState | null | "NONE_LEFT" {
  const limit = known.record.client?.tpsPerNode ?? 0;
  if (limit > 0 && known.bucket?.take(limit, nowMs) === false) return "NONE_LEFT";
  return rateOf(known, nowMs);
}
