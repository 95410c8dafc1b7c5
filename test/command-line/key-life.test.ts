import { after, before, describe, it } from "node:test";
import type { ApiKey, Client, CreatedApiKey, Explanation, GraphqlVerdict } from "@latchkey/sdk";
import { expect } from "expect";
import { callOf, seedApi, seedGroup, unique } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";
import { CommandLine } from "./command-line.js";

describe("the command line, of clients and keys", () => {
  let world: World;
  let line: CommandLine;
  let group: string;
  let call: string[];

  before(async () => {
    world = await startWorld();
    line = await CommandLine.open({ LATCHKEY_URL: world.url, LATCHKEY_CREDENTIAL: world.token });
    const api = await seedApi(world);
    group = (await seedGroup(world, { apiIds: [api.id] })).name;
    const { method, path } = callOf(api);
    call = ["--method", method.toLowerCase(), "--path", path];
  });

  after(async () => {
    await line.close();
    await world.stop();
  });

  it("leads a key from its client to its end, with an exit code for each verdict", async () => {
    const clientId = unique("shop");
    const described = ["--name", clientId, "--display-name", "A shop", "--note", "Sells", "--quota", "1000/day"];
    const client = await line.read<Client>([
      "clients",
      "create",
      "--client-id",
      clientId,
      ...described,
      "--group",
      group,
    ]);
    expect(client).toMatchObject({ clientId, displayName: "A shop", quota: { limit: 1_000, period: "DAY" } });
    expect(client.groups.map(({ name }) => name)).toEqual([group]);

    const named = ["--client", clientId, "--name", "production", "--group", group, "--expires-at", "2099-12-31"];
    const made = await line.run(["keys", "create", ...named]);
    const { secret, apiKey } = JSON.parse(made.stdout) as CreatedApiKey;
    expect([made.code, made.stderr]).toEqual([0, "The secret is shown this once: keep it now.\n"]);
    expect(apiKey).toMatchObject({ name: "production", expiresAt: "2100-01-01T00:00:00.000Z" });

    // Standard input ends with a line feed where `echo` wrote it.
    const allowed = await line.run(["verify", ...call], `${secret}\n`);
    expect([allowed.code, allowed.stderr]).toEqual([0, ""]);
    expect(JSON.parse(allowed.stdout)).toMatchObject({
      valid: true,
      code: "VALID",
      groups: [group],
      client: { clientId },
    });

    const explained = await line.run(["explain", "--key", apiKey.id, ...call, "--scope", "none"]);
    const { verdict, checks } = JSON.parse(explained.stdout) as Explanation;
    expect([explained.code, verdict.code]).toEqual([3, "SCOPE_DENIED"]);
    expect(checks.filter(({ outcome }) => outcome === "REFUSED").map(({ name }) => name)).toEqual(["scopes"]);

    const rotated = await line.read<CreatedApiKey>(["keys", "rotate", apiKey.id, "--grace-seconds", "3600"]);
    expect(rotated.apiKey).toMatchObject({ id: apiKey.id, status: "ROTATING" });
    expect((await line.read<ApiKey>(["keys", "finish-rotation", apiKey.id])).status).toBe("ACTIVE");
    const old = await line.run(["verify"], secret);
    expect([old.code, (JSON.parse(old.stdout) as GraphqlVerdict).code]).toEqual([3, "ROTATED_OUT"]);

    const revoked = await line.read<ApiKey>(["keys", "revoke", apiKey.id, "--reason", "It was found"]);
    expect(revoked).toMatchObject({ status: "REVOKED", revocationReason: "It was found" });
    const refused = await line.run(["verify", ...call, "--output", "table"], rotated.secret);
    expect([refused.code, refused.stderr]).toEqual([3, ""]);
    expect(refused.stdout).toMatch(/^valid +false\ncode +REVOKED$/m);
    for (const { stderr } of [allowed, explained, old, refused]) expect(stderr).not.toContain("lk_");
  });

  it("prints tables that can be read: a thing a line below its headings, however wide its letters", async () => {
    const name = unique("table");
    const displayName = `${name} 株式会社`;
    await world.latchkey.clients.create({ clientId: name, name, displayName, note: "n" });
    const { stdout, stderr } = await line.run(["clients", "list", "--output", "table", "--limit", "1"]);
    expect(stderr).toMatch(/^1 of \d+\.\n$/);
    const [headings, client, ...others] = stdout.trimEnd().split("\n");
    expect(headings).toMatch(/^CLIENT ID +DISPLAY NAME +STATUS +LEVEL +GROUPS +CREATED AT$/);
    expect(client).toMatch(new RegExp(`^${name} +${displayName} +ENABLED +C +- +\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$`));
    expect(others).toEqual([]);
  });

  it("tells a refusal's code, its fields and its request on standard error, and ends with 1", async () => {
    const { code, stdout, stderr } = await line.run([
      "clients",
      "create",
      "--name",
      "a b",
      "--display-name",
      "",
      "--note",
      "n",
    ]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      /^INVALID_INPUT:\n {2}name: must consist of A-Z a-z 0-9 _ -\n {2}displayName: must have 1 to 100 characters\n {2}request: [0-9a-f-]{36}\n$/,
    );
    const absent = await line.run(["clients", "show", unique("nobody")]);
    expect([absent.code, absent.stdout, absent.stderr.split(":")[0]]).toEqual([1, "", "NOT_FOUND"]);
  });

  it("ends with 2 when it is given wrongly, and says what would be right", async () => {
    const wrong = [
      [["keys", "create"], "required option '--name <name>' not specified"],
      [["keys", "list", "--status", "on"], "must be one of active, rotating,"],
      [["clients", "list", "--limit", "101"], "must be 1 to 100"],
      [["verify", "--credential-file", "absent.txt"], "cannot read "],
      [["clients", "create", "--quota", "many"], "such as 1000/day"],
      [["--url", "localhost:4000", "who-am-i"], "must be an http or https URL"],
    ] as const;
    const ended = await Promise.all(wrong.map(([operands]) => line.run(operands)));
    for (const [index, { code, stdout, stderr }] of ended.entries()) {
      expect([index, code, stdout]).toEqual([index, 2, ""]);
      expect(stderr).toContain(wrong[index]?.[1]);
    }
  });

  it("says that nobody answers, and where it has looked", async () => {
    const { code, stderr } = await line.run(["--url", "http://127.0.0.1:9", "who-am-i"]);
    expect(code).toBe(1);
    expect(stderr).toContain("NETWORK: ");
    expect(stderr).toContain("Is Latchkey at http://127.0.0.1:9?");
  });
});
