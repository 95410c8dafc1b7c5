import type { AuthorityGroup, CreateAuthorityGroupInput } from "@latchkey/sdk";
import { UsageError } from "../exit-codes.js";
import { Finder } from "../find.js";
import { LEVEL, oneMore } from "../option-values.js";
import type { Facts } from "../output.js";
import { limit, printFirst } from "../paged.js";
import type { AddCommands, Work } from "../work.js";

const GROUP: Facts<AuthorityGroup> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  level: ({ securityLevel }) => securityLevel,
  description: ({ description }) => description,
};

interface CreateOptions extends Pick<CreateAuthorityGroupInput, "name" | "description" | "securityLevel"> {
  readonly api?: readonly string[];
  readonly collection?: readonly string[];
}

export const addGroups: AddCommands = (program, act) => {
  const groups = program.command("groups").description("named sets of APIs, given to clients and their keys");
  groups
    .command("create")
    .description("create an authority group")
    .requiredOption("--name <name>", "unique: 1 to 100 characters")
    .option("--api <id>", "an API that it grants; may be repeated", oneMore)
    .option(
      "--collection <region/name or id>",
      "grants all APIs that this collection has now; may be repeated",
      oneMore,
    )
    .option("--security-level <level>", "clients of this level and of higher ones may hold it: A, B or C", LEVEL)
    .option("--description <text>", "for people")
    .addHelpText("after", "\nExample:\n  npm run latchkey -- groups create --name orders --collection eu/orders")
    .action(act(create));
  groups
    .command("list")
    .description("list authority groups, by name")
    .option("--search <text>", "a keyword")
    .addOption(limit())
    .action(
      act(async (work, { search, limit: first }: { search?: string; limit: number }) => {
        const server = await work.latchkey();
        await printFirst(work, (page, call) => server.groups.list({ search, ...page }, call), first, GROUP);
      }),
    );
};

async function create({ latchkey, output, call }: Work, options: CreateOptions): Promise<void> {
  const { api = [], collection = [], ...rest } = options;
  const server = await latchkey();
  const find = new Finder(server, call);
  const apiIds = new Set(api);
  for (const each of collection) {
    const collectionId = await find.collectionId(each);
    for await (const { id } of server.apis.all({ collectionId }, call)) apiIds.add(id);
  }
  if (apiIds.size === 0)
    throw new UsageError("a group grants at least one API: --api, or --collection with APIs in it");
  await output.thing(await server.groups.create({ ...rest, apiIds: [...apiIds] }, call), GROUP);
}
