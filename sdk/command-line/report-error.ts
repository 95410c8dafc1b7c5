import { SdkError } from "@latchkey/sdk";
import { CommanderError } from "commander";
import { EXIT, UsageError } from "./exit-codes.js";
import { note } from "./write.js";

/** Tells on standard error what went wrong, and with which code to end. */
export function reportError(error: unknown, { signal, url }: { signal: AbortSignal; url: string }): number {
  // The parser has told it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof UsageError) {
    note(`error: ${error.message}`);
    return EXIT.usage;
  }
  if (signal.aborted || (error instanceof Error && error.message === "canceled")) {
    note("Interrupted.");
    return EXIT.interrupted;
  }
  if (error instanceof SdkError) reportRefusal(error, url);
  else note(`error: ${error instanceof Error ? error.message : String(error)}`);
  return EXIT.failed;
}

function reportRefusal({ code, message, fields, requestId }: SdkError, url: string): void {
  // Most messages are those of the fields in a row.
  const isInFields = fields.length > 0 && fields.every((field) => message.includes(field.message));
  note(isInFields ? `${code}:` : `${code}: ${message}`);
  for (const field of fields) note(`  ${field.path}: ${field.message}`);
  if (requestId !== undefined) note(`  request: ${requestId}`);
  if (code === "UNAUTHENTICATED") note("  Sign in with `sign-in`, or set LATCHKEY_CREDENTIAL.");
  if (code === "NETWORK" || code === "TIMEOUT" || code === "BAD_ANSWER") {
    note(`  Is Latchkey at ${url}? Set LATCHKEY_URL or --url.`);
  }
}
