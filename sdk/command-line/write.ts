import { once } from "node:events";

/** Writes to standard output no faster than its reader takes it. */
export async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

/** Says something to the person, beside the answer. */
export function note(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}

/** Names come from others: a terminal must not take orders from them. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ");
}
