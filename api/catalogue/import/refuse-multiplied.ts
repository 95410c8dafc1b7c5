import { DocumentProblem } from "./read-document.js";

/** Parts of a document with each alias written out. The largest public documents have some hundred thousand. */
const PARTS_MAX = 5_000_000;

interface Visit {
  readonly value: object;
  readonly children: readonly unknown[];
  next: number;
  parts: number;
}

/**
 * Refuses a tree whose aliases multiply each other, as bombs do, or that holds itself. Many aliases of one small thing
 * are fine: documents are written so. Each part is counted once; not by recursion, since senders choose the depth.
 */
export function refuseMultiplied(root: unknown): void {
  const known = new Map<object, number>();
  const open = new Set<object>();
  const path: Visit[] = [];
  enter(root);
  for (let visit = path.at(-1); visit; visit = path.at(-1)) {
    if (visit.next < visit.children.length) {
      enter(visit.children[visit.next]);
      visit.next += 1;
    } else {
      leave(visit);
    }
  }

  function enter(value: unknown): void {
    const parent = path.at(-1);
    if (typeof value !== "object" || value === null) {
      if (parent) parent.parts += 1;
      return;
    }
    if (open.has(value)) throw new DocumentProblem("has a part that holds itself");
    const parts = known.get(value);
    if (parts !== undefined) {
      if (parent) parent.parts += parts;
      return;
    }
    open.add(value);
    path.push({ value, children: Object.values(value), next: 0, parts: 1 });
  }

  function leave({ value, parts }: Visit): void {
    if (parts > PARTS_MAX) throw new DocumentProblem("multiplies itself by its aliases: write out what it means");
    path.pop();
    open.delete(value);
    known.set(value, parts);
    const parent = path.at(-1);
    if (parent) parent.parts += parts;
  }
}
