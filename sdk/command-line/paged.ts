import type { CallOptions, Page, PageArguments } from "@latchkey/sdk";
import { InvalidArgumentError, Option } from "commander";
import type { Facts } from "./output.js";
import type { Work } from "./work.js";
import { note } from "./write.js";

/** How many of a list are shown at most: a page of the server. */
export function limit(): Option {
  return new Option("--limit <number>", "how many to show at most: 1 to 100").default(20).argParser((text) => {
    if (/^(?:[1-9]\d?|100)$/.test(text)) return Number(text);
    throw new InvalidArgumentError("It must be 1 to 100.");
  });
}

/** Prints the first of a list, and says when there are more. */
export async function printFirst<Thing>(
  { output, call }: Work,
  read: (page: PageArguments, options: CallOptions) => Promise<Page<Thing>>,
  first: number,
  facts: Facts<Thing>,
): Promise<void> {
  const { nodes, totalCount } = await read({ first }, call);
  await output.list(nodes, facts);
  if (nodes.length < totalCount) note(`${nodes.length} of ${totalCount}.`);
}
