import { BEGINNING, type ChainedEvent, type ChainPoint, hashOf } from "./chained-event.js";

/** What is wrong where the chain breaks. */
export enum ChainProblem {
  EVENT_MISSING = "EVENT_MISSING",
  LINK_MISSING = "LINK_MISSING",
  OUT_OF_ORDER = "OUT_OF_ORDER",
  PREVIOUS_DIFFERS = "PREVIOUS_DIFFERS",
  EVENT_CHANGED = "EVENT_CHANGED",
  CHECKPOINT_DIFFERS = "CHECKPOINT_DIFFERS",
  CHECKPOINT_FORGED = "CHECKPOINT_FORGED",
  CUT_OFF = "CUT_OFF",
}

/** The first place where the chain does not hold. */
export interface ChainBreak {
  readonly problem: ChainProblem;
  /** Where in the chain; null: the event has no place in it. */
  readonly number: number | null;
  readonly eventId: string | null;
  readonly message: string;
}

export interface ChainExpectation {
  /** The point after which the first event must stand. Left out: the beginning. */
  readonly after?: ChainPoint;
  /** Points that somebody has kept, in any order. */
  readonly known?: readonly ChainPoint[];
}

/** A link, with its event if that is there. */
export type Link = ChainedEvent | (ChainPoint & { readonly missing: string });

/** Takes the links of a chain one after the other, in order, and tells where it first does not hold. */
export class ChainVerification {
  /** The last event up to which the chain holds. */
  head: ChainPoint;
  private readonly known = new Map<number, string[]>();

  constructor({ after = BEGINNING, known = [] }: ChainExpectation = {}) {
    this.head = after;
    for (const { number, hash } of known) this.expect({ number, hash });
  }

  /** Adds a point that the chain must go through. */
  expect({ number, hash }: ChainPoint): void {
    this.known.set(number, [...(this.known.get(number) ?? []), hash]);
  }

  take(link: Link): ChainBreak | undefined {
    const { number } = link;
    const found = this.problemOf(link);
    if (found) {
      const [problem, message] = found;
      return { problem, number, eventId: "missing" in link ? link.missing : link.id, message };
    }
    this.head = { number, hash: link.hash };
    return undefined;
  }

  /** To be asked when there are no more links. */
  end(): ChainBreak | undefined {
    const beyond = [...this.known.keys()].filter((number) => number > this.head.number);
    if (beyond.length === 0) return undefined;
    return cutOff(this.head.number, Math.max(...beyond));
  }

  private problemOf(link: Link): readonly [ChainProblem, string] | undefined {
    const due = this.head.number + 1;
    if (link.number > due) return [ChainProblem.LINK_MISSING, `${due} is missing: ${link.number} follows`];
    if (link.number < due) return [ChainProblem.OUT_OF_ORDER, `comes where ${due} is due`];
    if ("missing" in link) return [ChainProblem.EVENT_MISSING, "is linked, but not there"];
    if (link.previousHash !== this.head.hash) {
      return [ChainProblem.PREVIOUS_DIFFERS, "does not follow the event before it: one of the two was changed"];
    }
    if (hashOf(link) !== link.hash) return [ChainProblem.EVENT_CHANGED, "is not as it was when it was linked"];
    if (this.known.get(link.number)?.some((hash) => hash !== link.hash)) {
      return [ChainProblem.CHECKPOINT_DIFFERS, "is not what the checkpoint says: the chain was written anew"];
    }
    return undefined;
  }
}

export function cutOff(end: number, checkpoint: number): ChainBreak {
  const message = `the chain ends at ${end}, but there is a checkpoint at ${checkpoint}`;
  return { problem: ChainProblem.CUT_OFF, number: end + 1, eventId: null, message };
}

/** Verifies a chain that is at hand, such as an export. Undefined: it holds. */
export function verifyChain(links: Iterable<Link>, expectation?: ChainExpectation): ChainBreak | undefined {
  const verification = new ChainVerification(expectation);
  for (const link of links) {
    const found = verification.take(link);
    if (found) return found;
  }
  return verification.end();
}
