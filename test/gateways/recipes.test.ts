import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import type { GatewayRecipe, GatewayRecipesInput } from "@latchkey/sdk";
import { expect } from "expect";
import { parse } from "yaml";
import { codeBlocksOf } from "../readme/code-blocks.js";
import { findProgram } from "../readme/gateways/start-gateway.js";
import { seedCollection, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

const run = promisify(execFile);

describe("recipes of gateways", () => {
  let world: World;
  let collectionId: string;

  before(async () => {
    world = await startWorld();
    const region = await world.latchkey.regions.create({ code: "eu", name: "Europe" });
    const collection = { name: "orders", serverName: "orders", baseUrl: "https://orders.example.com" };
    collectionId = (await world.latchkey.collections.create({ regionId: region.id, ...collection })).id;
  });

  after(() => world.stop());

  const upstream = "http://127.0.0.1:9000";
  const recipes = (input: Partial<GatewayRecipesInput> = {}) =>
    world.latchkey.gatewayKeys.recipes({ collectionId, upstream, ...input });
  const textOf = ({ files }: GatewayRecipe) => files.map(({ content }) => content).join("\n");

  it("are those of the README, with its values", async () => {
    const found = await recipes({ latchkey: "http://127.0.0.1:4000" });
    const blocks = await codeBlocksOf("README.md");
    const written = (heading: string) => blocks.filter((each) => each.heading === heading).map(({ code }) => code);
    expect(found.map(({ files }) => files.map(({ content }) => content))).toEqual(
      ["nginx", "HAProxy", "Caddy", "Traefik", "Envoy"].map(written),
    );
  });

  it("have this installation's values", async () => {
    const own = new URL(world.url).host;
    for (const recipe of await recipes({ upstream: "http://orders.internal" })) {
      const text = textOf(recipe);
      const { hostname, port } = new URL(world.url);
      const isNamed = [own, `address: ${hostname}, port_value: ${port}`].some((address) => text.includes(address));
      expect([recipe.gateway, isNamed]).toEqual([recipe.gateway, true]);
      expect(text).toMatch(/orders\.internal:80\b|address: orders\.internal, port_value: 80 /);
      expect(text).not.toMatch(/:4000|:9000|GATEWAY_KEY/);
    }
  });

  it("show a gateway key where the gateway asks from outside", async () => {
    for (const recipe of await recipes({ hasGatewayKey: true })) {
      const text = textOf(recipe);
      expect([recipe.gateway, text.split("GATEWAY_KEY").length]).toEqual([recipe.gateway, 2]);
      expect(text).not.toContain("VERIFY_NETWORKS");
      if (recipe.files[0]?.name.endsWith(".yaml")) parse(text);
    }
  });

  it("are understood by the gateways that are here", async (t) => {
    const folder = await mkdtemp(join(tmpdir(), "latchkey-recipes-"));
    t.after(() => rm(folder, { recursive: true }));
    const caddy = findProgram("caddy");
    if (!caddy) return t.skip("no Caddy was found on this machine");
    for (const { gateway, files } of await recipes({ hasGatewayKey: true, upstream: "http://orders.internal:81" })) {
      if (gateway !== "CADDY") continue;
      const file = join(folder, "Caddyfile");
      await writeFile(file, files[0]?.content ?? "");
      const { stdout } = await run(caddy, ["adapt", "--config", file, "--adapter", "caddyfile"]);
      expect(stdout).toContain('"orders.internal:81"');
      expect(stdout).toContain('"GATEWAY_KEY"');
    }
  });

  it("name a collection by its id where its name could mean something else", async () => {
    const { regionId } = await seedCollection(world.latchkey);
    const name = `it's "odd" ${unique("$name")}`;
    const odd = { regionId, name, serverName: "odd", baseUrl: "https://odd.example.com" };
    const { id } = await world.latchkey.collections.create(odd);
    for (const recipe of await recipes({ collectionId: id })) {
      expect([recipe.gateway, textOf(recipe).includes(id)]).toEqual([recipe.gateway, true]);
      expect(textOf(recipe)).not.toContain("odd");
    }
  });

  it("are refused an address that cannot stand in all of them", async () => {
    const addresses = [
      "https://orders.internal",
      "http://orders.internal/path",
      "http://user@orders.internal",
      "http://[::1]:9000",
      "http://a_b;c:1",
      "orders",
      'http://x"y',
    ];
    for (const address of addresses) {
      for (const field of ["upstream", "latchkey"] as const) {
        await expect(recipes({ [field]: address })).rejects.toMatchObject({
          code: "INVALID_INPUT",
          fields: [{ path: field }],
        });
      }
    }
  });

  it("are of no collection that is not there", async () => {
    await expect(recipes({ collectionId: "01900000-0000-7000-8000-000000000000" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
