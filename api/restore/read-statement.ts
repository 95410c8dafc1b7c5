import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { RestoreError } from "./restore-error.js";
import type { Statement } from "./state-restore.js";

const USAGE =
  "restored takes one of: --revocations and one or more audit exports, oldest first; --nothing-was-revoked; " +
  "--end-all-credentials.";

/** Of the command line. */
export function readStatement([option, ...files]: readonly string[]): Statement {
  if (option === "--revocations" && files.length > 0) return { kind: "REVOCATIONS", lines: linesOf(files) };
  if (files.length === 0 && option === "--nothing-was-revoked") return { kind: "NOTHING_WAS_REVOKED" };
  if (files.length === 0 && option === "--end-all-credentials") return { kind: "END_ALL_CREDENTIALS" };
  throw new RestoreError(USAGE);
}

async function* linesOf(files: readonly string[]): AsyncGenerator<string> {
  for (const file of files) {
    try {
      for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) yield line;
    } catch (error) {
      throw new RestoreError(`--revocations: ${file} cannot be read: ${(error as Error).message}`);
    }
  }
}
