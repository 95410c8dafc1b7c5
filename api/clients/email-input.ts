import { isEmail } from "class-validator";
import type { FieldProblem } from "../errors.js";

/** Names each e-mail address that is none, or that stands in the list before, by its place. */
export function emailProblems(emails: readonly string[]): FieldProblem[] {
  return emails.flatMap((email, index) => {
    const path = `emails.${index}`;
    // Quoted local parts may hold control characters, which have no place in a mail's header.
    if (!isEmail(email) || /\p{Cc}/u.test(email)) return [{ path, message: "is not an e-mail address" }];
    const twin = emails.slice(0, index).findIndex((other) => other.toLowerCase() === email.toLowerCase());
    return twin < 0 ? [] : [{ path, message: `repeats emails.${twin}` }];
  });
}
