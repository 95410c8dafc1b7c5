import { type ValidationError, validateSync } from "class-validator";
import type { FieldProblem } from "../errors.js";

/**
 * Each field names the rules of its own text; unknown fields are refused by GraphQL itself. Missing is told by the fields
 * themselves: an optional one may be left out, but null is no way to leave it out.
 */
export const VALIDATION = {
  skipMissingProperties: false,
  forbidUnknownValues: false,
  stopAtFirstError: true,
  validationError: { target: false, value: false },
} as const;

/** What class-validator found, with dotted paths. */
export function problemsOf({ property, constraints, children }: ValidationError, parent = ""): FieldProblem[] {
  const path = parent === "" ? property : `${parent}.${property}`;
  const own = Object.values(constraints ?? {}).map((message) => ({ path, message }));
  return [...own, ...(children ?? []).flatMap((child) => problemsOf(child, path))];
}

/** An entry of a bulk input, and what is wrong with it: each is judged alone. */
export interface CheckedEntry<T> {
  readonly input: T;
  readonly problems: readonly FieldProblem[];
}

export function checkEntries<T extends object>(entries: readonly T[]): CheckedEntry<T>[] {
  return entries.map((input) => ({
    input,
    problems: validateSync(input, VALIDATION).flatMap((error) => problemsOf(error)),
  }));
}
