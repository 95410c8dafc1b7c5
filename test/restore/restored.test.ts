import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { killLeftovers, runLatchkey } from "../process/latchkey-process.js";
import { addUser } from "../support/accounts.js";
import { PASSWORD, seedApi, seedClient, seedGroup, seedKey, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { verdictOf } from "../support/verdicts.js";
import { joinWorld, startWorld, type World } from "../support/world.js";
import { seedToken } from "../tokens/seed-token.js";
import { type Backup, backUp, changed, exportAudit, stated, whileNobodyIsConnected } from "./backup.js";

const AWAY = "The database is not where it was when it was last served";

/** Things of each kind, as they are in the backup. */
async function seedThings(world: World) {
  const { latchkey } = world;
  const groups = [await seedGroup(world), await seedGroup(world)];
  const rich = await seedClient(world, { groupIds: groups.map(({ id }) => id) });
  const password = { password: PASSWORD, passwordConfirmation: PASSWORD };
  const narrowed = await seedKey(world);
  await latchkey.clients.addGroups({ clientId: narrowed.client.id, groupIds: groups.map(({ id }) => id) });
  return {
    kept: await seedKey(world),
    revoked: await seedKey(world),
    disabled: await seedKey(world),
    backOn: await seedKey(world),
    rotated: await seedKey(world),
    inGrace: await seedKey(world),
    narrowed,
    ofDeleted: await seedKey(world),
    ofDisabled: await seedKey(world),
    delisted: await seedKey(world),
    ungranted: await seedKey(world),
    token: await seedToken(world),
    gateway: await latchkey.gatewayKeys.create({ name: unique("gateway") }),
    webhook: (await latchkey.webhooks.create({ url: "https://hook.latchkey.invalid/", events: ["QUOTA_ALERT"] }))
      .webhook,
    demoted: await addUser(world, "SYSTEM_ADMIN"),
    changed: await addUser(world, "OPERATOR"),
    gone: await addUser(world),
    partner: await seedClient(world, password),
    bound: await seedClient(world, { securityLevel: "B", groupIds: groups.map(({ id }) => id) }),
    rich,
    groups,
  };
}

type Things = Awaited<ReturnType<typeof seedThings>>;

/** What happens between the backup and its restore. */
async function takeAway(world: World, things: Things): Promise<void> {
  const { latchkey } = world;
  await latchkey.keys.revoke({ id: things.revoked.apiKey.id, reason: "It was on a laptop that is gone" });
  await latchkey.keys.disable(things.disabled.apiKey.id);
  await latchkey.keys.disable(things.backOn.apiKey.id);
  await latchkey.keys.enable(things.backOn.apiKey.id);
  await latchkey.keys.rotate({ id: things.rotated.apiKey.id, graceSeconds: 0 });
  await latchkey.keys.rotate({ id: things.inGrace.apiKey.id, graceSeconds: 3_600 });
  await latchkey.keys.update({ id: things.narrowed.apiKey.id, groupIds: [things.groups[0]?.id ?? ""] });
  await latchkey.clients.delete({ id: things.ofDeleted.client.id, confirm: true });
  await latchkey.clients.setStatus({ clientId: things.ofDisabled.client.id, status: "DISABLED" });
  await latchkey.apis.update({ id: things.delisted.api.id, status: "DELISTED" });
  await latchkey.groups.addApis({ groupId: things.ungranted.group.id, apiIds: [(await seedApi(world)).id] });
  await latchkey.groups.removeApis({ groupId: things.ungranted.group.id, apiIds: [things.ungranted.api.id] });
  await latchkey.gatewayKeys.revoke({ id: things.gateway.gatewayKey.id });
  await latchkey.webhooks.delete(things.webhook.id);
  await latchkey.users.update({ id: things.demoted.id, role: "AUDITOR" });
  await latchkey.accounts.setOneTimePassword({ userId: things.changed.id });
  await latchkey.users.delete({ id: things.gone.id, confirm: true });
  await latchkey.accounts.setOneTimePassword({ clientId: things.partner.id });
  await latchkey.clients.update({
    id: things.bound.id,
    hostBindings: [{ name: "office", match: "192.0.2.0/24" }],
    expiresAt: "2030-01-01",
    quota: { limit: 5, period: "DAY" },
  });
  await latchkey.clients.setSecurityLevel({ clientId: things.bound.id, securityLevel: "C" });
  await latchkey.clients.updateTokenSettings({ clientId: things.bound.id, grantTypes: [] });
  await latchkey.scopes.delete({ id: things.token.scope.id, confirm: true });
  await latchkey.groups.delete({ id: things.groups[1]?.id ?? "", confirm: true });
  await latchkey.clients.removeGroups({ clientId: things.rich.id, groupIds: [things.groups[0]?.id ?? ""] });
  await seedKey(world);
}

describe("a database that was restored from a backup", () => {
  let world: World;
  let things: Things;
  let early: string;
  let audit: string;
  const backups: Backup[] = [];

  before(async () => {
    world = await startWorld();
    things = await seedThings(world);
    early = await exportAudit(world, "early.ndjson");
    await seedKey(world);
    await world.latchkey.audit.verify();
    // Each copy is the same backup, restored anew.
    for (let copies = 0; copies < 3; copies++) backups.push(await backUp(world));
    await until("the node to be back", async () => (await verdictOf(world, { credential: things.kept.secret })).valid);
    await takeAway(world, things);
    audit = await exportAudit(world, "audit.ndjson");
  });

  after(async () => {
    killLeftovers();
    for (const backup of backups) await backup.drop();
    await world.stop();
  });

  const copy = (index: number): string => backups[index]?.databaseUrl ?? "";
  const environmentOf = (databaseUrl: string) => ({ DATABASE_URL: databaseUrl, DATA_DIR: world.dataDir });
  const startOn = (databaseUrl: string): Promise<World> => joinWorld({ ...world, databaseUrl });

  async function codesOn(node: World, ...keys: { secret: string; call: object }[]): Promise<string[]> {
    const codes: string[] = [];
    for (const { secret, call } of keys) {
      codes.push((await verdictOf(node, { credential: secret, api: call as never })).code);
    }
    return codes;
  }

  it("is not served, and the message says what to do", async () => {
    const started = runLatchkey(environmentOf(copy(0)));
    expect(await started.exitCode()).toBe(1);
    expect(started.output()).toContain(`Latchkey cannot start. ${AWAY}`);
    expect(started.output()).toContain("npm run restored -- --revocations");
    const stating = runLatchkey(environmentOf(copy(0)), "restored", "--all-is-well");
    expect(await stating.exitCode()).toBe(1);
    expect(stating.output()).toBe(
      "Nothing was changed. restored takes one of: --revocations and one or more audit exports, oldest first; " +
        "--nothing-was-revoked; --end-all-credentials.\n",
    );
  });

  it("stays as it is while what is said of it does not hold, or tells nothing of the time since", async () => {
    const forged = await changed(audit, "forged", (lines) =>
      lines.map((line) => line.replace("that is gone", "of mine")),
    );
    const gap = await changed(audit, "gap", (lines) => lines.filter((_, index) => index !== lines.length - 3));
    const other = await startWorld();
    const foreign = await exportAudit(other, "foreign.ndjson");
    const refusals: readonly [string[], string][] = [
      [["--revocations", forged], "is no event, or was changed"],
      [["--revocations", gap], "The export does not hold at event"],
      [["--revocations", foreign], "have no event in common"],
      [["--revocations", early], "it does not tell what was revoked after the backup"],
      [["--revocations", "nowhere.ndjson"], "nowhere.ndjson cannot be read"],
      [["--revocations"], "restored takes one of"],
      [["--everything-is-fine"], "restored takes one of"],
      [[], "restored takes one of"],
    ];
    try {
      for (const [args, message] of refusals) {
        await expect(stated(copy(0), world, ...args)).rejects.toThrow(message);
      }
      await expect(startOn(copy(0))).rejects.toThrow(AWAY);
    } finally {
      await other.stop();
    }
  });

  it("takes away again what the audit says was taken away, and leaves the rest", async () => {
    const run = runLatchkey(environmentOf(copy(0)), "restored", "--revocations", audit);
    expect({ code: await run.exitCode(), output: run.output() }).toMatchObject({ code: 0 });
    const output = run.output();
    expect(output).toMatch(/^ApiKey +key-\w+ \(\w{12}\) .* revoked +apiKey\.revoked by admin, /m);
    expect(output).toContain(
      "Made after the backup, and lost: 2 Region, 2 Collection, 2 Api, 1 AuthorityGroup, 1 Client, 1 ApiKey.",
    );
    const node = await startOn(copy(0));
    try {
      const { kept, backOn, inGrace, revoked, disabled, rotated, narrowed, ofDeleted, ofDisabled } = things;
      expect(await codesOn(node, kept, backOn, inGrace)).toEqual(["VALID", "VALID", "VALID"]);
      expect(
        await codesOn(
          node,
          revoked,
          disabled,
          rotated,
          narrowed,
          ofDeleted,
          ofDisabled,
          things.delisted,
          things.ungranted,
        ),
      ).toEqual([
        "REVOKED",
        "DISABLED",
        "ROTATED_OUT",
        "GROUP_DENIED",
        "NOT_FOUND",
        "OWNER_DISABLED",
        "API_UNKNOWN",
        "GROUP_DENIED",
      ]);
      expect((await verdictOf(node, { credential: things.token.secret })).code).toBe("REVOKED");

      await expect(node.latchkey.me()).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
      const latchkey = new Latchkey({ url: node.url });
      await latchkey.signIn(world.admin);
      expect((await latchkey.gatewayKeys.get(things.gateway.gatewayKey.id)).status).toBe("REVOKED");
      expect((await latchkey.webhooks.get(things.webhook.id)).enabled).toBe(false);
      expect((await latchkey.users.get(things.demoted.id)).role).toBe("AUDITOR");
      await expect(latchkey.users.get(things.gone.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
      expect((await latchkey.clients.get({ id: things.rich.id })).groups).toEqual([]);
      expect(await latchkey.clients.get({ id: things.bound.id })).toMatchObject({
        hostBindings: [{ name: "office", match: "192.0.2.0/24" }],
        expiresAt: expect.stringMatching(/^2030-01-0[12]/),
        quota: { limit: 5, period: "DAY" },
        securityLevel: "C",
        tokenSettings: { grantTypes: [] },
        groups: [{ id: things.groups[0]?.id }],
      });
      expect((await latchkey.clients.get({ id: things.token.client.id })).scopes).toEqual([]);
      for (const name of [things.changed.name, things.partner.clientId]) {
        const signIn = new Latchkey({ url: node.url }).signIn({ name, password: PASSWORD });
        await expect(signIn).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
      }
      // What was lost can be given anew.
      const { secret } = await latchkey.keys.rotate({ id: rotated.apiKey.id });
      expect(await codesOn(node, { ...rotated, secret })).toEqual(["VALID"]);

      // The audit goes on where the lost one ended, and tells what was done.
      const [last] = (await readFile(audit, "utf8")).trimEnd().split("\n").slice(-1);
      const known = [JSON.parse(last ?? "") as { number: number; hash: string }].map(({ number, hash }) => ({
        number,
        hash,
      }));
      expect(await latchkey.audit.verify({ known })).toMatchObject({ valid: true, complete: true });
      const { nodes } = await latchkey.audit.list({ first: 2, filter: { targetId: revoked.apiKey.id } });
      expect(nodes.map(({ event, actorName }) => ({ event, actorName }))).toEqual([
        { event: "restore.tookAway", actorName: "operator of the restore" },
        { event: "apiKey.revoked", actorName: "admin" },
      ]);
      expect(nodes[0]?.reason).toMatch(/^As event \d+, apiKey\.revoked by admin$/);
      await latchkey.signOut();
    } finally {
      await node.stop();
    }
  });

  it("is not changed by saying the same again", async () => {
    const eventsIn = async (): Promise<number> => {
      const node = await startOn(copy(0));
      try {
        const latchkey = new Latchkey({ url: node.url });
        const { token } = await latchkey.signIn(world.admin);
        const file = await exportAudit({ ...node, token }, "count.ndjson");
        await latchkey.signOut();
        return (await readFile(file, "utf8")).split("\n").length;
      } finally {
        await node.stop();
      }
    };
    const events = await eventsIn();
    expect(await stated(copy(0), world, "--revocations", audit)).toContain("0 taken away. Ended: 0 sessions, 0 grants");
    // The first count signed out, and the second signed in.
    expect(await eventsIn()).toBe(events + 2);
  });

  it("is served as it is once somebody says that nothing was revoked, and can be corrected later", async () => {
    await stated(copy(1), world, "--nothing-was-revoked");
    const node = await startOn(copy(1));
    try {
      const { revoked, disabled, kept } = things;
      expect(await codesOn(node, revoked, disabled, kept)).toEqual(["VALID", "VALID", "VALID"]);
      expect(await node.latchkey.me()).toMatchObject({ role: "SYSTEM_ADMIN" });
      await node.latchkey.keys.create({ name: unique("key") });
      await until("its link", async () => (await node.latchkey.audit.chain()).waiting === 0);

      // As after a recovery to a point in time, which nobody can tell from a standby that took over.
      const output = await stated(copy(1), world, "--revocations", audit);
      expect(output).toContain("The audit has gone on by itself since");
      // The node runs: it was bound before the command had ended.
      expect(await codesOn(node, revoked, disabled, kept)).toEqual(["REVOKED", "DISABLED", "VALID"]);
      const latchkey = new Latchkey({ url: node.url });
      await latchkey.signIn(world.admin);
      await latchkey.keys.enable(disabled.apiKey.id);
      const again = await stated(copy(1), world, "--revocations", audit);
      expect(again).toMatch(/^0 taken away\. Ended: 1 sessions/m);
      expect(await codesOn(node, disabled)).toEqual(["VALID"]);
    } finally {
      await node.stop();
    }
  });

  it("opens no door without an export, but for one administrator", async () => {
    const output = await stated(copy(2), world, "--end-all-credentials");
    const [, name, password] = /"(\w+)" can, once, with the password (\S+)/.exec(output) ?? [];
    expect(name).toBe(world.admin.name);
    expect(await stated(copy(2), world, "--end-all-credentials")).toContain("0 taken away. Ended: 0 sessions");
    const node = await startOn(copy(2));
    try {
      expect(await codesOn(node, things.kept, things.revoked)).toEqual(["DISABLED", "DISABLED"]);
      expect((await verdictOf(node, { credential: things.token.secret })).code).toBe("REVOKED");
      const latchkey = new Latchkey({ url: node.url });
      await expect(latchkey.signIn(world.admin)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
      await latchkey.signIn({ name: name ?? "", password: password ?? "" });
      const newPassword = "a-third-good-pass-phrase";
      await latchkey.changePassword({ oldPassword: password ?? "", newPassword, newPasswordConfirmation: newPassword });
      await latchkey.keys.enable(things.kept.apiKey.id);
      expect(await codesOn(node, things.kept)).toEqual(["VALID"]);
    } finally {
      await node.stop();
    }
  });

  it("gets no verdicts from nodes that were running when it took the other's place", async () => {
    const backup = await backUp(world);
    backups.push(backup);
    const name = new URL(backup.databaseUrl).pathname.slice(1);
    await whileNobodyIsConnected(world.databaseUrl, async (client, original) => {
      await client.query(`alter database ${original} rename to ${original}_lost`);
      await client.query(`alter database ${name} rename to ${original}`);
    });
    await until("the node to notice", () => world.log.some((line) => line.includes(AWAY)));
    const code = async () => (await verdictOf(world, { credential: things.kept.secret })).code;
    await until("the lease to run out", async () => (await code()) === "UNDECIDED");
    expect((await world.fetch("/health/ready")).status).toBe(503);
    await stated(world.databaseUrl, world, "--nothing-was-revoked");
    await until("verdicts", async () => (await code()) === "VALID");
    await world.database.query(`drop database ${new URL(world.databaseUrl).pathname.slice(1)}_lost with (force)`);
  });
});
