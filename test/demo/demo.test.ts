import { execFile } from "node:child_process";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { codeBlocksOf, root } from "../readme/code-blocks.js";
import { seedClient } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

describe("the demo", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  async function demo(environment: Record<string, string> = { ADMIN_PASSWORD: world.admin.password }) {
    const env = { PATH: "/usr/bin:/bin", DATABASE_URL: world.databaseUrl, DATA_DIR: world.dataDir, ...environment };
    return promisify(execFile)(process.execPath, [join(root, "dist/api/main.js"), "demo"], { env });
  }

  const MONTH_MS = 30 * 86_400_000;

  it("asks for the administrator's password where somebody has chosen one, and changes nothing without it", async () => {
    await expect(demo({})).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("ADMIN_PASSWORD") });
    expect((await world.latchkey.regions.list()).totalCount).toBe(0);
  });

  it("gives every panel something to show", async () => {
    const { stdout, stderr } = await demo();
    expect(stderr).toContain("A month of usage");
    const { latchkey } = world;

    const records = await latchkey.records.list({ first: 20 });
    expect(records.totalCount).toBeGreaterThan(9);
    expect(new Set(records.nodes.map(({ status }) => status)).size).toBeGreaterThan(3);
    expect(records.nodes.some(({ soapPermissions }) => soapPermissions.totalCount > 0)).toBe(true);

    const from = new Date(Date.now() - MONTH_MS).toISOString();
    const usage = await latchkey.usage.read({ input: { from, step: "DAY" }, topClients: true, topRegions: true });
    expect(usage.totals.allowed).toBeGreaterThan(1_000_000);
    expect(usage.totals.byCode.length).toBeGreaterThan(4);
    expect(usage.series?.filter(({ calls }) => calls > 0).length).toBeGreaterThan(29);
    expect([usage.topClients?.length, usage.topRegions?.length]).toEqual([10, expect.any(Number)]);

    const limits = await latchkey.usage.limits({ clientId: "partner-alpenpost" });
    expect(limits.quota?.used).toBeGreaterThan(0);
    expect(limits.apiKeys.nodes.length).toBeGreaterThan(0);
    expect((await latchkey.usage.listCalls()).totalCount).toBeGreaterThan(50);
    expect((await latchkey.audit.list()).totalCount).toBeGreaterThan(50);
    expect((await latchkey.accessRequests.list()).totalCount).toBe(1);
    expect((await latchkey.tokens.list()).totalCount).toBeGreaterThan(2);
    expect((await latchkey.gatewayKeys.list()).totalCount).toBe(1);

    const question = /-d '(.*)'/.exec(stdout)?.[1] ?? "";
    const init = { method: "POST", headers: { "content-type": "application/json" }, body: question };
    expect(await (await world.fetch("/v1/verify", init)).json()).toMatchObject({ valid: true, code: "VALID" });
    const password = /each with the password ([\w-]+)/.exec(stdout)?.[1] ?? "";
    const { actor } = await new Latchkey({ url: world.url }).signIn({ name: "olga", password });
    expect(actor.role).toBe("OPERATOR");
  });

  it("is what the README says", async () => {
    const [, demoBlock] = (await codeBlocksOf("README.md")).filter(({ heading }) => heading === "Start");
    expect(demoBlock?.code).toBe("npm run demo\n");
  });

  it("leaves an installation alone that has something of its own", async () => {
    await seedClient(world);
    const before = (await world.latchkey.audit.list()).totalCount;
    await expect(demo()).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("DATA_DIR") });
    expect((await world.latchkey.audit.list()).totalCount).toBe(before);
  });
});
