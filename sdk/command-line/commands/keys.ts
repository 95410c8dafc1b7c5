import type { ApiKey, ApiKeyFilter, CreateApiKeyInput, CreatedApiKey } from "@latchkey/sdk";
import { Finder } from "../find.js";
import { API_KEY_STATUS, oneMore, quota, wholeNumber } from "../option-values.js";
import { type Facts, within } from "../output.js";
import { limit, printFirst } from "../paged.js";
import type { AddCommands, Work } from "../work.js";
import { note } from "../write.js";

const LINE: Facts<ApiKey> = {
  id: ({ id }) => id,
  owner: ({ owner }) => owner?.name,
  name: ({ name }) => name,
  "public part": ({ lookupId }) => lookupId,
  status: ({ status }) => status,
  "expires at": ({ expiresAt }) => expiresAt,
  "last used at": ({ lastAccessedAt }) => lastAccessedAt,
};

const WHOLE: Facts<ApiKey> = {
  ...LINE,
  kind: ({ kind }) => kind,
  groups: ({ groups }) => groups.map(({ name }) => name),
  permissions: ({ permissions }) => permissions,
  quota: ({ quota: limits }) => limits && `${limits.limit}/${limits.period}`,
  tags: ({ tags }) => tags,
  "effective at": ({ effectiveAt }) => effectiveAt,
  "rotation ends at": ({ rotationEndsAt }) => rotationEndsAt,
  "created at": ({ createdAt }) => createdAt,
  "last used from": ({ lastAccessedFrom }) => lastAccessedFrom,
  "revoked at": ({ revokedAt }) => revokedAt,
  "revoked because": ({ revocationReason }) => revocationReason,
};

const CREATED: Facts<CreatedApiKey> = { secret: ({ secret }) => secret, ...within(({ apiKey }) => apiKey, WHOLE) };

interface CreateOptions
  extends Pick<CreateApiKeyInput, "name" | "description" | "effectiveAt" | "expiresAt" | "quota" | "recoverable"> {
  readonly client?: string;
  readonly user?: string;
  readonly group?: readonly string[];
  readonly permission?: readonly string[];
  readonly tag?: readonly string[];
}

interface ListOptions extends Pick<ApiKeyFilter, "status" | "tag" | "expiringBefore" | "unusedSince"> {
  readonly search?: string;
  readonly client?: string;
  readonly user?: string;
  readonly limit: number;
}

export const addKeys: AddCommands = (program, act) => {
  const keys = program.command("keys").description("API keys of clients and users; each is named by its id");
  keys
    .command("create")
    .description("make a key; its secret is in this answer only")
    .requiredOption("--name <name>", "unique among the owner's keys in force: 1 to 100 characters")
    .option("--client <client id or id>", "the client to own it; without an owner it is yours")
    .option("--user <id>", "the user to own it")
    .option("--group <name or id>", "an authority group of its client; may be repeated", oneMore)
    .option(
      "--expires-at <day or time>",
      "from when on it is refused, needed for a client's key; a day counts to its end",
    )
    .option("--effective-at <day or time>", "from when on it is allowed")
    .option("--permission <permission>", "narrows a user's key to this; may be repeated", oneMore)
    .option("--quota <calls/period>", "such as 1000/day", quota)
    .option("--recoverable", "keep the secret encrypted, so that it can be revealed again")
    .option("--description <text>", "for people")
    .option("--tag <tag>", "to find it by; may be repeated", oneMore)
    .addHelpText(
      "after",
      "\nExample:\n  npm run latchkey -- keys create --client web-shop --name production --group orders-read --expires-at 2099-12-31",
    )
    .action(act(create));
  keys
    .command("list")
    .description("list keys, newest first; `export keys` has them all")
    .option("--search <text>", "a keyword")
    .option("--client <client id or id>", "keys of this client")
    .option("--user <id>", "keys of this user")
    .option("--status <status>", "active, rotating, scheduled, disabled, expired, revoked or draft", API_KEY_STATUS)
    .option("--tag <tag>", "keys with this tag")
    .option("--expiring-before <time>", "keys in force that expire before this time")
    .option("--unused-since <time>", "keys that were not used since this time")
    .addOption(limit())
    .action(act(list));
  keys
    .command("show <id>")
    .description("show a key")
    .action(onOne((server, id, call) => server.keys.get(id, call)));
  keys
    .command("rotate <id>")
    .description("give a key a new secret, which is in this answer only; the old one is accepted for a while")
    .option("--grace-seconds <number>", "for how long; 0: no longer (default: a day)", wholeNumber)
    .action(
      act(async ({ latchkey, output, call }, { graceSeconds }: { graceSeconds?: number }, id: string) =>
        printCreated(output, await (await latchkey()).keys.rotate({ id, graceSeconds }, call)),
      ),
    );
  keys
    .command("finish-rotation <id>")
    .description("refuse the old secret of a rotated key from now on")
    .action(onOne((server, id, call) => server.keys.finishRotation(id, call)));
  keys
    .command("revoke <id>")
    .description("end a key for good; no node admits it when this has ended")
    .option("--reason <text>", "why; it stays with the key")
    .addHelpText("after", '\nExample:\n  npm run latchkey -- keys revoke 0199... --reason "Found in a repository"')
    .action(
      act(async ({ latchkey, output, call }, { reason }: { reason?: string }, id: string) =>
        output.thing(await (await latchkey()).keys.revoke({ id, reason }, call), WHOLE),
      ),
    );
  keys
    .command("disable <id>")
    .description("switch a key off")
    .action(onOne((server, id, call) => server.keys.disable(id, call)));
  keys
    .command("enable <id>")
    .description("switch a disabled key on again")
    .action(onOne((server, id, call) => server.keys.enable(id, call)));

  function onOne(change: (server: Server, id: string, call: Work["call"]) => Promise<ApiKey>) {
    return act(async ({ latchkey, output, call }, _: object, id: string) =>
      output.thing(await change(await latchkey(), id, call), WHOLE),
    );
  }
};

type Server = Awaited<ReturnType<Work["latchkey"]>>;

async function create({ latchkey, output, call }: Work, options: CreateOptions): Promise<void> {
  const { client: clientId, user: userId, group, permission: scopes, tag: tags, ...rest } = options;
  const server = await latchkey();
  const groupIds = group && (await new Finder(server, call).groupIds(group));
  await printCreated(output, await server.keys.create({ ...rest, clientId, userId, groupIds, scopes, tags }, call));
}

async function list(work: Work, options: ListOptions): Promise<void> {
  const { search, limit: first, client: clientId, user: userId, ...rest } = options;
  const server = await work.latchkey();
  const query = { search, filter: { ...rest, clientId, userId } };
  await printFirst(work, (page, call) => server.keys.list({ ...query, ...page }, call), first, LINE);
}

async function printCreated(output: Work["output"], created: CreatedApiKey): Promise<void> {
  await output.thing(created, CREATED);
  note("The secret is shown this once: keep it now.");
}
