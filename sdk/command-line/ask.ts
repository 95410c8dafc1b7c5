import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { UsageError } from "./exit-codes.js";

/** Asks for what may be seen. */
export async function ask(prompt: string): Promise<string> {
  const { read } = await import("read");
  return read({ prompt, output: process.stderr });
}

/**
 * Asks for a secret, without echo where somebody types it. It is never an argument: those are seen by every user of the
 * machine, and kept in the shell's history.
 */
export async function askSecret(prompt: string): Promise<string> {
  if (!process.stdin.isTTY) return firstLineOf(await text(process.stdin));
  const { read } = await import("read");
  try {
    // A terminal even where standard error is none: else the terminal itself would echo.
    return await read({ prompt, silent: true, terminal: true, output: process.stderr });
  } finally {
    // The end of the line was not echoed either.
    process.stderr.write("\n");
  }
}

/** A secret out of a file; without one, or for `-`, out of standard input. */
export async function readSecret(file: string | undefined, prompt: string): Promise<string> {
  return file === undefined || file === "-" ? askSecret(prompt) : firstLineOf(await readText(file));
}

/** The text of a file, or for `-` of standard input. */
export async function readText(file: string): Promise<string> {
  if (file === "-") return text(process.stdin);
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`cannot read ${file}: ${error.code ?? error.message}`);
  });
}

function firstLineOf(given: string): string {
  return given.replace(/\r?\n$/, "");
}
