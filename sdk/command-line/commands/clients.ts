import type { Client, ClientFilter, ClientStatus, CreateClientInput } from "@latchkey/sdk";
import { askSecret } from "../ask.js";
import { Finder, isId } from "../find.js";
import { CLIENT_STATUS, LEVEL, oneMore, quota, wholeNumber } from "../option-values.js";
import type { Facts } from "../output.js";
import { limit, printFirst } from "../paged.js";
import type { AddCommands, Work } from "../work.js";

const LINE: Facts<Client> = {
  "client id": ({ clientId }) => clientId,
  "display name": ({ displayName }) => displayName,
  status: ({ status }) => status,
  level: ({ securityLevel }) => securityLevel,
  groups: ({ groups }) => groups.map(({ name }) => name),
  "created at": ({ createdAt }) => createdAt,
};

const WHOLE: Facts<Client> = {
  id: ({ id }) => id,
  ...LINE,
  name: ({ name }) => name,
  note: ({ note }) => note,
  scopes: ({ scopes }) => scopes.map(({ name }) => name),
  region: ({ region }) => region?.code,
  "starts at": ({ startsAt }) => startsAt,
  "expires at": ({ expiresAt }) => expiresAt,
  priority: ({ priority }) => priority,
  "calls per second": ({ tpsPerNode }) => tpsPerNode,
  quota: ({ quota: limits }) => limits && `${limits.limit}/${limits.period}`,
  emails: ({ emails }) => emails,
  tags: ({ tags }) => tags,
};

interface CreateOptions
  extends Omit<CreateClientInput, "password" | "passwordConfirmation" | "groupIds" | "emails" | "tags"> {
  readonly group?: readonly string[];
  readonly region?: string;
  readonly email?: readonly string[];
  readonly tag?: readonly string[];
  readonly password?: true;
}

interface ListOptions extends Pick<ClientFilter, "status" | "tag"> {
  readonly search?: string;
  readonly group?: string;
  readonly limit: number;
}

export const addClients: AddCommands = (program, act) => {
  const clients = program.command("clients").description("accounts of API consumers");
  clients
    .command("create")
    .description("create a client")
    .requiredOption("--name <name>", "unique: 1 to 50 of A-Z a-z 0-9 _ -")
    .requiredOption("--display-name <text>", "the name for people, unique: 1 to 100 characters")
    .requiredOption("--note <text>", "what it is for: 1 to 2000 characters")
    .option("--client-id <client id>", "its public identifier, never given twice; generated when left out")
    .option("--group <name or id>", "an authority group that it holds; may be repeated", oneMore)
    .option("--security-level <level>", "the highest level of groups that it may hold: A, B or C", LEVEL)
    .option("--region <code or id>", "the region that it belongs to")
    .option("--starts-at <day or time>", "from when on its credentials are allowed")
    .option("--expires-at <day or time>", "from when on they are refused; a day counts to its end")
    .option("--time-zone <zone>", "in which its days are read, such as Europe/Berlin")
    .option("--priority <number>", "0 is the highest, 9 the lowest", wholeNumber)
    .option("--tps-per-node <number>", "calls in a second on each node; 0: without limit", wholeNumber)
    .option("--quota <calls/period>", "such as 1000/day", quota)
    .option("--email <address>", "where mails about it go; may be repeated", oneMore)
    .option("--tag <tag>", "to find it by; may be repeated", oneMore)
    .option("--password", "read a password for it from standard input, or ask for one")
    .addHelpText(
      "after",
      '\nExample:\n  npm run latchkey -- clients create --name web-shop --client-id web-shop --display-name "Web shop" \\\n' +
        '    --note "Shows orders" --group orders-read',
    )
    .action(act(create));
  clients
    .command("list")
    .description("list clients, newest first; `export clients` has them all")
    .option("--search <text>", "a keyword")
    .option("--status <status>", "enabled, disabled or locked", CLIENT_STATUS)
    .option("--tag <tag>", "those with this tag")
    .option("--group <name or id>", "holders of this authority group")
    .addOption(limit())
    .action(act(list));
  clients
    .command("show <client>")
    .description("show a client by its client id or id")
    .action(
      act(async ({ latchkey, output, call }, _: object, client: string) =>
        output.thing(
          await (await latchkey()).clients.get(isId(client) ? { id: client } : { clientId: client }, call),
          WHOLE,
        ),
      ),
    );
  clients
    .command("status")
    .argument("<client>", "client id or id")
    .argument("<status>", "enabled, disabled or locked", CLIENT_STATUS)
    .description("make a client enabled, disabled or locked; verdicts follow at once")
    .addHelpText("after", "\nExample:\n  npm run latchkey -- clients status web-shop disabled")
    .action(
      act(async ({ latchkey, output, call }, _: object, clientId: string, status: string) => {
        const input = { clientId, status: status as ClientStatus };
        await output.thing(await (await latchkey()).clients.setStatus(input, call), WHOLE);
      }),
    );
};

async function create({ latchkey, output, call }: Work, options: CreateOptions): Promise<void> {
  const { group = [], region, email, tag, password: withPassword, ...rest } = options;
  const server = await latchkey();
  const find = new Finder(server, call);
  const groupIds = await find.groupIds(group);
  const regionId = region && (await find.regionId(region));
  const password = withPassword && (await askSecret("Password of the client:"));
  const input = { ...rest, groupIds, regionId, emails: email, tags: tag, password, passwordConfirmation: password };
  await output.thing(await server.clients.create(input, call), WHOLE);
}

async function list(work: Work, { search, status, tag, group, limit: first }: ListOptions): Promise<void> {
  const server = await work.latchkey();
  const groupId = group && (await new Finder(server, work.call).groupIds([group]))[0];
  const query = { search, filter: { status, tag, groupId } };
  await printFirst(work, (page, options) => server.clients.list({ ...query, ...page }, options), first, LINE);
}
