import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { expect } from "expect";
import { examples } from "../../api/playground/page/examples/examples.js";
import { seedApplication } from "../oauth/application.js";
import { Visitor } from "../oauth/visitor.js";
import { addUser, failSignIns } from "../support/accounts.js";
import { freePort } from "../support/free-port.js";
import { PASSWORD, seedApi, seedClient, seedCollection, seedGroup, unique } from "../support/seed.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";
import { type CodeBlock, codeBlocksOf, root } from "./code-blocks.js";

const AUDIT = "For auditors: the audit";
const WATCH = "For those who watch: anomalies and webhooks";
const DEFAULT_URL = "http://127.0.0.1:4000";

describe("the README", () => {
  let world: World;
  let blocks: readonly CodeBlock[];
  let text: string;

  before(async () => {
    world = await startWorld({ WEBHOOK_PRIVATE_NETWORKS: "true" });
    blocks = await codeBlocksOf("README.md");
    text = await readFile(join(root, "README.md"), "utf8");
  });

  after(() => world.stop());

  const written = (language: string, heading?: string): CodeBlock[] =>
    blocks.filter((block) => block.language === language && (heading === undefined || block.heading === heading));

  /** Runs a script as a newcomer would type it, but against this world. */
  async function bash(script: string): Promise<string> {
    const here = script
      .replaceAll(DEFAULT_URL, world.url)
      .replaceAll("the password that the first start printed", world.admin.password);
    const { stdout } = await promisify(execFile)("bash", ["-euo", "pipefail", "-c", here], { cwd: root });
    return stdout;
  }

  it("leads with curl from nothing to an allowed and a refused call, on to a batch and to an explanation", async () => {
    const headings = ["With curl", "For gateways", "Verdict codes"];
    const steps = headings.flatMap((heading) => written("sh", heading)).map(({ code }) => code);
    expect(steps.length).toBe(6);
    const answers = await bash(steps.join("\n"));
    expect(answers).toMatch(/"valid":true,"code":"VALID".*"clientId":"web-shop".*"groups":\["orders-read"\]/);
    expect(answers).toContain('"valid":false,"code":"API_UNKNOWN","message":"No listed API answers this call."');
    expect(answers).toMatch(/\{"verdicts":\[\{"valid":true,.*\{"valid":false,"code":"GROUP_DENIED"/);
    expect(answers).toMatch(
      /"code":"API_UNKNOWN",.*"checks":\[.*\{"name":"groups","outcome":"REFUSED","code":"GROUP_DENIED"/,
    );
  });

  it("gets, introspects and revokes a token with curl", async () => {
    const { latchkey } = world;
    const clientId = unique("partner");
    const group = await seedGroup(world);
    const scope = await latchkey.scopes.create({ name: "orders", groupIds: [group.id] });
    const password = { password: PASSWORD, passwordConfirmation: PASSWORD };
    const { id } = await seedClient(world, { clientId, ...password, groupIds: [group.id] });
    await latchkey.clients.addScopes({ clientId: id, scopeIds: [scope.id] });
    const { secret } = await latchkey.gatewayKeys.create({ name: unique("gateway") });
    const [token, introspect, revoke, ...others] = written("sh", "For integrators: OAuth 2.0").map(({ code }) => code);
    expect(others).toEqual([]);
    const output = await bash(`
      LATCHKEY=${world.url} CLIENT_ID=${clientId} CLIENT_PASSWORD='${PASSWORD}' GATEWAY_KEY=${secret}
      answer=$(${token?.trim()}
      )
      echo "$answer"
      TOKEN=$(node -p 'JSON.parse(process.argv[1]).access_token' "$answer")
      ${introspect}
      echo
      ${revoke}
      echo
      ${introspect}`);
    const [given, active, revoked, inactive] = output.trim().split(/\n+/);
    expect(given).toMatch(/^\{"access_token":"lk_at_\w+","token_type":"Bearer","expires_in":86400,"scope":"orders"\}$/);
    expect(active).toMatch(
      /^\{"active":true,"scope":"orders","client_id":"partner-\w+","token_type":"Bearer","exp":\d+,/,
    );
    expect([revoked, inactive]).toEqual(["{}", '{"active":false}']);
  });

  it("imports an OpenAPI document with curl", async () => {
    const paths = {
      "/orders": { get: { summary: "List orders" }, post: { summary: "Place an order" } },
      "/orders/{id}": { get: { summary: "Show an order" } },
    };
    const directory = await mkdtemp(join(tmpdir(), "latchkey-readme-"));
    const file = join(directory, "orders.yaml");
    await writeFile(file, JSON.stringify({ openapi: "3.1.0", info: { title: "Orders", version: "1" }, paths }));
    try {
      const { id } = await seedCollection(world.latchkey);
      await seedApi(world, { collectionId: id, path: "/orders/{number}" });
      const [sample] = written("sh", "From an OpenAPI document or a WSDL");
      const variables = [`LATCHKEY=${world.url}`, `TOKEN=${world.token}`, `COLLECTION=${id}`];
      const answer = await bash([...variables, sample?.code.replace("orders.yaml", `'${file}'`)].join("\n"));
      expect(sample?.code).toContain(answer.trim());
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it("leads from nothing to a verdict, an explanation and an export on the command line", async () => {
    const [sample, ...others] = written("sh", "From the command line");
    expect(others).toEqual([]);
    const directory = await mkdtemp(join(tmpdir(), "latchkey-readme-"));
    const paths = { "/orders/{id}": { get: { summary: "Show an order" } } };
    const document = { openapi: "3.1.0", info: { title: "Orders", version: "1" }, paths };
    await writeFile(join(directory, "orders.yaml"), JSON.stringify(document));
    const typed = sample?.code
      .replace("sign-in --name admin", `sign-in --name admin <<< '${world.admin.password}'`)
      // What npm starts, without npm's own second for each of them.
      .replace("npm run --silent latchkey --", `node '${join(root, "dist/sdk/command-line/main.js")}'`);
    const here = `cd '${directory}'; export LATCHKEY_URL=${world.url} XDG_CONFIG_HOME='${directory}'`;
    try {
      const output = await bash(`${here}\n${typed}\nwc -l < events.ndjson`);
      expect(output).toMatch(
        /^code +VALID$[^]*^code +API_UNKNOWN$[^]*^API +REFUSED[^]*"status": "REVOKED"[^]*^ *\d+$/m,
      );
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it("leads with the SDK from nothing to an allowed and a refused call", async () => {
    const [sample, ...others] = written("js", "With the SDK");
    expect(others).toEqual([]);
    // Below the project, as the text says, so that the package is found.
    await mkdir(join(root, "dist/readme"), { recursive: true });
    const directory = await mkdtemp(join(root, "dist/readme/"));
    try {
      await writeFile(join(directory, "first-key.mjs"), sample?.code.replaceAll(DEFAULT_URL, world.url) ?? "");
      const output = await bash(`ADMIN_PASSWORD='${world.admin.password}' node '${directory}/first-key.mjs'`);
      expect(output).toBe("VALID\nREVOKED\n");
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it("acts for a user who has signed in and consented", async () => {
    const changes = { password: PASSWORD, passwordConfirmation: PASSWORD };
    const { client } = await seedApplication(world, { redirectUrls: ["http://127.0.0.1:5000/callback"], changes });
    const user = await addUser(world);
    const port = String(await freePort());
    const [sample] = written("js", "For application developers: act for a user");
    const code = sample?.code
      .replaceAll(DEFAULT_URL, world.url)
      .replaceAll("web-shop", client.clientId)
      .replaceAll("5000", port);
    await mkdir(join(root, "dist/readme"), { recursive: true });
    const directory = await mkdtemp(join(root, "dist/readme/"));
    await writeFile(join(directory, "shop.mjs"), code ?? "");
    const shop = spawn(process.execPath, [join(directory, "shop.mjs")], {
      env: { CLIENT_PASSWORD: PASSWORD },
      stdio: ["ignore", "ignore", "inherit"],
    });
    try {
      const here = `http://127.0.0.1:${port}`;
      const leave = await until("the application", () =>
        fetch(here, { redirect: "manual" }).catch(() => false as const),
      );
      const cookie = leave.headers.getSetCookie()[0]?.split(";")[0] ?? "";
      const asked = new URL(leave.headers.get("location") ?? "");
      const visitor = new Visitor(world);
      await visitor.signIn(asked.pathname + asked.search, user.name, PASSWORD);
      const { location } = await visitor.send("allow");
      const back = await fetch(location?.href ?? "", { headers: { cookie } });
      expect(await back.text()).toBe("Signed in for 3600 seconds.");
      const again = await fetch(location?.href ?? "", { headers: { cookie } });
      expect(await again.text()).toBe("Not signed in: invalid_grant.");
    } finally {
      shop.kill();
      await rm(directory, { recursive: true });
    }
  });

  it("shows an operation of the playground as it is offered there", () => {
    const [shown] = written("graphql", "With GraphQL in the playground");
    expect(shown?.code.trim()).toBe(examples.find(({ title }) => title === "Verify: allowed")?.document);
    expect(examples.filter(({ step }) => step !== undefined).map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("shows frontend teams a query that runs", async () => {
    const [query] = written("graphql", "For frontend teams: GraphQL");
    const { data, errors } = await world.graphql(query?.code ?? "");
    expect(errors).toEqual([]);
    expect(data.clients.pageInfo).toBeDefined();
  });

  it("shows admins how a client comes by tokens", async () => {
    const [mutation] = written("graphql", "Tokens");
    const { clients } = world.latchkey;
    const shop = { name: "web-shop", displayName: "Web shop", note: "n" };
    if ((await clients.list({ search: "web-shop" })).totalCount === 0)
      await clients.create({ clientId: "web-shop", ...shop });
    const { data, errors } = await world.graphql(mutation?.code ?? "");
    expect(errors).toEqual([]);
    expect(data.updateTokenSettings.accessTokenUses).toBe(1_000);
  });

  it("shows how often was called by a query that runs, with its variables", async () => {
    const [query] = written("graphql", "Usage");
    const [variables] = written("json", "Usage");
    const { input } = JSON.parse(variables?.code ?? "") as { input: { filter: { clientId: string } } };
    const { clientId } = await seedClient(world);
    const { data, errors } = await world.graphql(query?.code ?? "", { input: { ...input, filter: { clientId } } });
    expect(errors).toEqual([]);
    expect(input.filter).toEqual({ clientId: "web-shop" });
    expect(data.usage.series.length).toBe(720);
  });

  it("shows auditors how to search, to export, to prove an export, and to verify with kept checkpoints", async () => {
    await failSignIns(world, unique("nobody"), 1);
    const [search] = written("graphql", AUDIT);
    const { data, errors } = await world.graphql(search?.code ?? "");
    expect(errors).toEqual([]);
    expect(data.auditEvents.edges[0].node).toMatchObject({ targetKind: "Unknown", after: { cause: "UNKNOWN_NAME" } });

    const { apiKey } = await world.latchkey.keys.create({ name: unique("key") });
    await world.latchkey.keys.revoke({ id: apiKey.id });
    await mkdir(join(root, "dist/readme"), { recursive: true });
    const directory = await mkdtemp(join(root, "dist/readme/audit-"));
    try {
      const [proof, verify] = written("js", "Was anything changed?");
      await writeFile(join(directory, "proof.mjs"), proof?.code ?? "");
      await writeFile(join(directory, "verify.mjs"), verify?.code.replaceAll(DEFAULT_URL, world.url) ?? "");
      const [exporting] = written("sh", AUDIT);
      const script = [
        `cd '${directory}'`,
        `LATCHKEY=${world.url}`,
        `TOKEN=${world.token}`,
        exporting?.code,
        `tail -n 1 revoked.ndjson`,
        `node proof.mjs < events.ndjson`,
        `AUDITORS_KEY=${world.token} node verify.mjs`,
        `AUDITORS_KEY=${world.token} node verify.mjs`,
        `cat checkpoints.json`,
      ];
      const [revoked = "", proven, first, second, kept = ""] = (await bash(script.join("\n"))).split("\n");
      expect(JSON.parse(revoked)).toMatchObject({ event: "apiKey.revoked", targetId: apiKey.id });
      expect(proven).toMatch(/^\d+ [0-9a-f]{64}$/);
      expect(Number.parseInt(String(proven), 10)).toBeLessThanOrEqual(Number.parseInt(String(first), 10));
      expect([first, second]).toEqual([expect.stringMatching(/^\d+ events hold$/), first]);
      expect(JSON.parse(kept).length).toBe(2);
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it("shows how old events are removed, and how the chain is verified from there on", async () => {
    const { verifiedTo } = await world.latchkey.audit.verify();
    await world.latchkey.keys.create({ name: unique("key") });
    await until("its link", async () => (await world.latchkey.audit.chain()).waiting === 0);
    const [removal] = written("sql", "Was anything changed?");
    await world.database.query((removal?.code ?? "").replaceAll("1000", String(verifiedTo.number)));
    const after = await world.latchkey.audit.verify({ after: verifiedTo });
    expect(after).toMatchObject({ valid: true, complete: true });
    expect(after.verified).toBeGreaterThan(0);
    await expect(world.database.query("delete from audit_links")).rejects.toThrow("refused");
  });

  it("shows frontend teams a stream that tells of a new key", async () => {
    const [sample] = written("sh", "Live");
    const script = `LATCHKEY=${world.url} TOKEN=${world.token}\n${sample?.code.replace("curl", "timeout 5 curl")}`;
    const told = bash(`(${script}\n) || true`);
    await until("the stream to begin", async () => {
      await world.latchkey.keys.create({ name: unique("production") });
      return (await Promise.race([told, delay(50)])) !== undefined;
    });
    expect(await told).toMatch(
      /^event: next\ndata: \{"data":\{"apiKeyChanged":\{"name":"production-\w+","status":"ACTIVE"\}\}\}$/m,
    );
  });

  it("shows what is unusual by a query that runs", async () => {
    const [query] = written("graphql", WATCH);
    const { data, errors } = await world.graphql(query?.code ?? "");
    expect(errors).toEqual([]);
    expect(data.anomalies.totalCount).toBe(0);
  });

  it("shows a receiver of webhooks that takes what is genuine, and refuses what is not", async () => {
    const [sample, ...others] = written("js", WATCH);
    expect(others).toEqual([]);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/`;
    const { webhook, secret } = await world.latchkey.webhooks.create({ url, events: ["ANOMALY_DETECTED"] });
    const directory = await mkdtemp(join(tmpdir(), "latchkey-readme-"));
    await writeFile(join(directory, "receiver.mjs"), sample?.code.replace("8787", String(port)) ?? "");
    const child = spawn(process.execPath, [join(directory, "receiver.mjs")], {
      env: { WEBHOOK_SECRET: secret },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    try {
      const forged = () => fetch(url, { method: "POST", headers: { "webhook-id": "1" }, body: "{}" });
      await until("the receiver to refuse what is forged", async () => {
        const answer = await forged().catch(() => undefined);
        return answer?.status === 401;
      });
      await world.latchkey.webhooks.test(webhook.id);
      await until("what is genuine", () => output === "webhook.test\n");
    } finally {
      child.kill();
      await rm(directory, { recursive: true });
    }
  });

  it("names scripts that exist", async () => {
    const { scripts } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { scripts: object };
    const named = [...text.matchAll(/`npm (?:run )?([a-z:]+)[^`]*`/g)]
      .map(([, name]) => name)
      .filter((name) => name !== "ci");
    expect(named.length).toBeGreaterThan(5);
    for (const name of named) expect(scripts).toHaveProperty([String(name)]);
  });
});
