import { line } from "./printable.js";
import { DocumentProblem, OPERATIONS_MAX, type Skipped } from "./read-document.js";

/** Of each list; the rest is only counted. */
const KEPT_MAX = 1_000;
/** A document that says so little of what it is for is not meant to be read. */
const LEFT_OUT_MAX = 10 * OPERATIONS_MAX;

/** What of a document is not taken, and what its sender should know of. Lists stay short, whatever the document holds. */
export class LeftOut {
  /** Where operations may stand that could not be read: shapes of paths, names of ports. */
  readonly unread = new Set<string>();
  readonly skipped: Skipped[] = [];
  readonly warnings: string[] = [];
  skippedCount = 0;

  skip(name: string, reason: string): void {
    this.skippedCount += 1;
    if (this.skippedCount > LEFT_OUT_MAX)
      throw new DocumentProblem(`has more than ${LEFT_OUT_MAX} parts that are no operations`);
    if (this.skipped.length < KEPT_MAX) this.skipped.push({ name: line(name, 200), reason: line(reason, 300) });
  }

  warn(text: string): void {
    if (this.warnings.length < KEPT_MAX) this.warnings.push(line(text, 500));
  }
}
