import type { Order, OrderedSubject, Receipt } from "./order.js";

interface Run {
  readonly order: Order;
  readonly first: number;
  readonly second: number;
  count: number;
}

/** What the database answers: grants by run, and how things stood before. */
export interface BatchAnswer {
  readonly granted: readonly number[];
  readonly usedBefore: readonly number[];
  /** Null: of all subjects as the orders say. */
  readonly startsMs: readonly number[] | null;
}

/**
 * Orders that are judged in one statement, in their order. Equal ones in a row are one run. All orders of a subject are of
 * one period.
 */
export class Batch {
  private readonly subjects: OrderedSubject[];
  private readonly places = new Map<string, number>();
  private readonly runs: Run[] = [];

  constructor(orders: readonly Order[]) {
    const byId = new Map<string, OrderedSubject>();
    for (const { subjects } of orders) for (const subject of subjects) byId.set(subject.id, subject);
    // In one order on all nodes, so that none waits for another in a circle.
    this.subjects = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const [index, { id }] of this.subjects.entries()) this.places.set(id, index + 1);
    for (const order of orders) this.addRun(order);
  }

  /** How many orders from the first on can be one batch: where a period ends, the next one begins with another. */
  static lengthFor(orders: readonly Order[]): number {
    const startsMs = new Map<string, number>();
    for (const [index, { subjects }] of orders.entries()) {
      for (const { id, startMs } of subjects) {
        if ((startsMs.get(id) ?? startMs) !== startMs) return index;
        startsMs.set(id, startMs);
      }
    }
    return orders.length;
  }

  /** Arrays in PostgreSQL's own text form: ids and numbers need no quotes. */
  get subjectColumns() {
    const { subjects } = this;
    return {
      ids: array(subjects.map(({ id }) => id)),
      limits: array(subjects.map(({ limit }) => limit)),
      starts: array(subjects.map(({ startMs }) => instant(startMs))),
    };
  }

  get runColumns() {
    const { runs } = this;
    return {
      firsts: array(runs.map(({ first }) => first)),
      seconds: array(runs.map(({ second }) => second)),
      firstCosts: array(runs.map(({ order }) => order.subjects[0]?.cost ?? 0)),
      // Of no second subject nothing is taken.
      secondCosts: array(runs.map(({ order }) => order.subjects[1]?.cost ?? 0)),
      counts: array(runs.map(({ count, order }) => count * order.calls)),
      minutes: array(runs.map(({ order }) => instant(order.minuteMs))),
      clients: array(runs.map(({ order }) => order.clientId)),
      keys: array(runs.map(({ order }) => order.apiKeyId)),
      apis: array(runs.map(({ order }) => order.apiId)),
    };
  }

  /** One receipt for each order: the grants of a run go to its first. */
  receipts({ granted, usedBefore, startsMs: begunMs }: BatchAnswer): Receipt[] {
    const used = [...usedBefore];
    const startsMs = begunMs ?? this.subjects.map(({ startMs }) => startMs);
    const receipts: Receipt[] = [];
    for (const [index, { order, first, second, count }] of this.runs.entries()) {
      const places = second > 0 ? [first - 1, second - 1] : [first - 1];
      for (let number = 0; number < count; number++) {
        const isGranted = order.calls < 0 || number < (granted[index] ?? 0);
        for (const [nth, place] of places.entries()) {
          const subject = order.subjects[nth];
          // What belongs to a period that is over cannot be given back any more.
          const counts = isGranted && (order.calls > 0 || startsMs[place] === subject?.startMs);
          if (counts && subject) used[place] = Math.max(0, (used[place] ?? 0) + subject.cost * order.calls);
        }
        receipts.push({
          granted: isGranted,
          used: places.map((place) => used[place] ?? 0),
          startsMs: places.map((place) => startsMs[place] ?? 0),
        });
      }
    }
    return receipts;
  }

  private addRun(order: Order): void {
    const last = this.runs.at(-1);
    if (last && isSame(last.order, order)) {
      last.count++;
      return;
    }
    const [first, second] = order.subjects.map(({ id }) => this.places.get(id) as number);
    this.runs.push({ order, first: first ?? 0, second: second ?? 0, count: 1 });
  }
}

function isSame(one: Order, other: Order): boolean {
  return (
    one.credentialId === other.credentialId &&
    one.apiId === other.apiId &&
    one.minuteMs === other.minuteMs &&
    one.calls === other.calls &&
    one.subjects.length === other.subjects.length &&
    one.subjects.every(({ cost }, index) => cost === other.subjects[index]?.cost)
  );
}

function array(values: readonly (string | number)[]): string {
  return `{${values.join(",")}}`;
}

let lastInstant = { ms: Number.NaN, text: "" };

/** Most of a batch are the same. */
function instant(ms: number): string {
  if (ms !== lastInstant.ms) lastInstant = { ms, text: `"${new Date(ms).toISOString()}"` };
  return lastInstant.text;
}
