import type { Collection, Region } from "@latchkey/sdk";
import { Finder } from "../find.js";
import type { Facts } from "../output.js";
import { limit, printFirst } from "../paged.js";
import type { AddCommands } from "../work.js";

const REGION: Facts<Region> = {
  id: ({ id }) => id,
  code: ({ code }) => code,
  name: ({ name }) => name,
};

const COLLECTION: Facts<Collection> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  server: ({ serverName }) => serverName,
  "base url": ({ baseUrl }) => baseUrl,
  "region id": ({ regionId }) => regionId,
};

interface ListOptions {
  readonly search?: string;
  readonly limit: number;
}

export const addRegions: AddCommands = (program, act) => {
  const regions = program.command("regions").description("where servers stand");
  regions
    .command("create")
    .description("create a region")
    .requiredOption("--code <code>", "unique: 1 to 50 of A-Z a-z 0-9 _ -")
    .requiredOption("--name <name>", "unique: 1 to 100 characters")
    .action(
      act(async ({ latchkey, output, call }, input: { code: string; name: string }) =>
        output.thing(await (await latchkey()).regions.create(input, call), REGION),
      ),
    );
  regions
    .command("list")
    .description("list regions, by code")
    .option("--search <text>", "a keyword")
    .addOption(limit())
    .action(
      act(async (work, { search, limit: first }: ListOptions) => {
        const server = await work.latchkey();
        await printFirst(work, (page, call) => server.regions.list({ search, ...page }, call), first, REGION);
      }),
    );
};

interface CreateOptions {
  readonly region: string;
  readonly name: string;
  readonly server: string;
  readonly baseUrl: string;
}

export const addCollections: AddCommands = (program, act) => {
  const collections = program.command("collections").description("APIs that one server offers in one region");
  collections
    .command("create")
    .description("create a collection")
    .requiredOption("--region <code or id>", "the region that it belongs to")
    .requiredOption("--name <name>", "unique in its region: 1 to 100 characters")
    .requiredOption("--server <name>", "the server that offers its APIs")
    .requiredOption("--base-url <url>", "what its paths follow")
    .addHelpText(
      "after",
      "\nExample:\n  npm run latchkey -- collections create --region eu --name orders --server orders \\\n" +
        "    --base-url https://orders.example.com",
    )
    .action(
      act(async ({ latchkey, output, call }, { region, server: serverName, ...rest }: CreateOptions) => {
        const server = await latchkey();
        const regionId = await new Finder(server, call).regionId(region);
        await output.thing(await server.collections.create({ ...rest, serverName, regionId }, call), COLLECTION);
      }),
    );
  collections
    .command("list")
    .description("list collections, by name")
    .option("--search <text>", "a keyword")
    .option("--region <code or id>", "those of this region")
    .addOption(limit())
    .action(
      act(async (work, { search, limit: first, region }: ListOptions & { region?: string }) => {
        const server = await work.latchkey();
        const regionId = region && (await new Finder(server, work.call).regionId(region));
        const query = { search, regionId };
        await printFirst(work, (page, call) => server.collections.list({ ...query, ...page }, call), first, COLLECTION);
      }),
    );
};
