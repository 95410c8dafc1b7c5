import type { ApiKeyFilter, AuditExportQuery, Client } from "@latchkey/sdk";
import { canonicalLine } from "../canonical-line.js";
import { EXIT } from "../exit-codes.js";
import { API_KEY_STATUS, CLIENT_STATUS, wholeNumber } from "../option-values.js";
import { startProgressOfOutput } from "../progress.js";
import type { AddCommands, Work } from "../work.js";
import { note, write } from "../write.js";

interface AuditOptions extends Omit<AuditExportQuery, "actorId" | "targetId"> {
  readonly actor?: string;
  readonly target?: string;
}

interface KeysOptions extends Pick<ApiKeyFilter, "status" | "tag"> {
  readonly search?: string;
  readonly client?: string;
}

interface ClientsOptions {
  readonly search?: string;
  readonly status?: Client["status"];
  readonly tag?: string;
}

const ENDS =
  "\nWrites NDJSON, an object a line, to standard output, whatever --output says. Unless it ends with 0, it is not whole.\n";

export const addExport: AddCommands = (program, act) => {
  const exports = program.command("export").description("all audit events, keys or clients, as NDJSON");
  exports
    .command("audit")
    .description("audit events, oldest first; without a filter they prove themselves by their hashes")
    .option(
      "--after <number>",
      "only events with higher numbers: to go on where an earlier export has ended",
      wholeNumber,
    )
    .option("--event <kind>", "events of this kind, such as apiKey.revoked")
    .option("--actor <id>", "events of this user or client")
    .option("--target <id>", "events about this thing")
    .option("--request-id <id>", "events of this call")
    .option("--transaction-ref <reference>", "events of calls with this reference")
    .option("--from <time>", "events from this time on")
    .option("--until <time>", "events before this time")
    .option("--search <text>", "a keyword")
    .addHelpText(
      "after",
      `${ENDS}\nExample:\n  npm run --silent latchkey -- export audit --from 2026-01-01T00:00:00Z > events.ndjson`,
    )
    .action(act(audit));
  exports
    .command("keys")
    .description("API keys, newest first; no secret is among it")
    .option("--client <client id or id>", "keys of this client")
    .option("--status <status>", "active, rotating, scheduled, disabled, expired, revoked or draft", API_KEY_STATUS)
    .option("--tag <tag>", "keys with this tag")
    .option("--search <text>", "a keyword")
    .addHelpText("after", `${ENDS}\nExample:\n  npm run --silent latchkey -- export keys --status active > keys.ndjson`)
    .action(act(keys));
  exports
    .command("clients")
    .description("clients, newest first")
    .option("--status <status>", "enabled, disabled or locked", CLIENT_STATUS)
    .option("--tag <tag>", "those with this tag")
    .option("--search <text>", "a keyword")
    .addHelpText("after", `${ENDS}\nExample:\n  npm run --silent latchkey -- export clients > clients.ndjson`)
    .action(act(clients));
};

async function audit(work: Work, { actor: actorId, target: targetId, ...rest }: AuditOptions): Promise<void> {
  const { audit: events } = await work.latchkey();
  const { after, search, ...filter } = { ...rest, actorId, targetId };
  const { totalCount } = await events.list({ first: 0, search, filter }, work.call);
  const total = Math.max(totalCount - (after ?? 0), 0);
  await stream(work, events.export({ ...filter, after, search }, work.call), total, "events");
}

async function keys(work: Work, { client: clientId, search, ...rest }: KeysOptions): Promise<void> {
  const server = await work.latchkey();
  const query = { search, filter: { ...rest, clientId } };
  const { totalCount } = await server.keys.list({ ...query, first: 0 }, work.call);
  await stream(work, server.keys.all(query, work.call), totalCount, "keys");
}

async function clients(work: Work, { search, ...filter }: ClientsOptions): Promise<void> {
  const server = await work.latchkey();
  const query = { search, filter };
  const { totalCount } = await server.clients.list({ ...query, first: 0 }, work.call);
  await stream(work, server.clients.all(query, work.call), totalCount, "clients");
}

async function stream(work: Work, things: AsyncIterable<unknown>, total: number, what: string): Promise<void> {
  const progress = await startProgressOfOutput(what, total);
  let count = 0;
  try {
    for await (const thing of things) {
      await write(canonicalLine(thing));
      progress.to(++count);
    }
  } catch (error) {
    if (!work.call.signal.aborted) throw error;
    work.exitWith(EXIT.interrupted);
  } finally {
    progress.end();
  }
  if (work.call.signal.aborted) note(`Interrupted: ${count} ${what} were written.`);
}
