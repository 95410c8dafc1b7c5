import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import type pg from "pg";
import { killLeftovers, runLatchkey } from "../process/latchkey-process.js";
import { backUp } from "../restore/backup.js";
import { PASSWORD, seedKey, unique } from "../support/seed.js";
import { verdictOf } from "../support/verdicts.js";
import { joinWorld, startWorld, type World } from "../support/world.js";
import { type CodeBlock, codeBlocksOf, root } from "./code-blocks.js";

const run = promisify(execFile);
/** Without building again what the test runs of. */
const NPM = `npm() { shift; local script="$1"; shift 2; node '${root}dist/api/main.js' "$script" "$@"; }`;

describe("the README of those who run it", () => {
  let world: World;
  let text: string;
  let blocks: readonly CodeBlock[];
  let directory: string;

  before(async () => {
    world = await startWorld();
    text = await readFile(join(root, "api/README.md"), "utf8");
    blocks = await codeBlocksOf("api/README.md");
    directory = await mkdtemp(join(tmpdir(), "latchkey-operations-"));
  });

  after(async () => {
    killLeftovers();
    await rm(directory, { recursive: true });
    await world.stop();
  });

  const written = (language: string, heading: string): string[] =>
    blocks.filter((block) => block.language === language && block.heading === heading).map(({ code }) => code);

  async function bash(script: string, variables: Readonly<Record<string, string>> = {}): Promise<string> {
    const given = Object.entries(variables).map(([name, value]) => `${name}='${value}'`);
    const lines = [NPM, `export DATA_DIR='${world.dataDir}'`, ...given, script];
    const { stdout } = await run("bash", ["-euo", "pipefail", "-c", lines.join("\n")], { cwd: directory });
    return stdout;
  }

  it("names every variable that is read, and no other", async () => {
    const config = await readFile(join(root, "api/config/config.ts"), "utf8");
    const read = [...config.matchAll(/read\.\w+\(([^)]*)/g)].flatMap(
      ([, given = ""]) => given.match(/(?<=")[A-Z_]{3,}(?=")/g) ?? [],
    );
    const rows = [...text.matchAll(/^\| ((?:`[A-Z_]+`(?:, )?)+) \|/gm)].flatMap(([, cell = ""]) =>
      cell.match(/[A-Z_]{3,}/g),
    );
    expect(new Set(rows)).toEqual(new Set(read));
  });

  it("leads to files and headings that are there", async () => {
    const anchorsIn = async (file: string) =>
      [...(await readFile(file, "utf8")).matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
        title
          .toLowerCase()
          .replace(/[^\w\- ]/g, "")
          .replaceAll(" ", "-"),
      );
    for (const file of ["README.md", "api/README.md"].map((name) => join(root, name))) {
      const links = [...(await readFile(file, "utf8")).matchAll(/\]\(((?!https?:)[^)\s]+)\)/g)];
      expect(links.length).toBeGreaterThan(5);
      for (const [, link = ""] of links) {
        const [path = "", anchor] = link.split("#");
        const target = path === "" ? file : join(dirname(file), path);
        expect({ link, exists: existsSync(target) }).toEqual({ link, exists: true });
        if (anchor)
          expect({ link, anchors: await anchorsIn(target) }).toMatchObject({
            anchors: expect.arrayContaining([anchor]),
          });
      }
    }
  });

  it("names metrics that are counted", async () => {
    const named = [...text.matchAll(/^\| `(latchkey_\w+)` \|/gm)].map(([, name]) => name);
    const counted = (await (await world.fetch("/metrics")).text()).match(/(?<=^# TYPE )latchkey_\w+/gm);
    expect(new Set(named)).toEqual(new Set(counted));
  });

  it("makes key material that a ring takes, and asks what hangs on each version", async () => {
    const [make] = written("sh", "The key ring");
    expect(Buffer.from((await bash(make ?? "")).trim(), "base64").length).toBe(32);
    const [query] = written("graphql", "The key ring");
    const { data, errors } = await world.graphql(query ?? "");
    expect(errors).toEqual([]);
    expect(data.keyRing).toMatchObject([{ version: 1, current: true, removable: false }]);
  });

  it("sets up a role that owns the tables and one that serves, as the deployment does", async () => {
    const heading = "A role that cannot change the audit";
    const [sql = ""] = written("sql", heading);
    const deployed = await readFile(join(root, "api/deploy/create-roles.sql"), "utf8");
    const statements = (script: string) => script.replace(/password \S+;/g, "password;").match(/^create .*;$/gm);
    expect(statements(sql)).toEqual(statements(deployed));

    const names = { latchkey_owner: unique("owner"), latchkey_service: unique("service"), latchkey: unique("db") };
    const renamed = (script: string) =>
      script.replace(
        /latchkey_owner|latchkey_service|\blatchkey\b/g,
        (name) => `${names[name as keyof typeof names].replaceAll("-", "_")}`,
      );
    const { host } = new URL(world.databaseUrl);
    try {
      for (const statement of renamed(sql).match(/^create .*;$/gm) ?? []) await world.database.query(statement);
      const [commands = ""] = written("sh", heading);
      const [migrate = "", serve = ""] = renamed(commands).replaceAll("@127.0.0.1/", `@${host}/`).trim().split("\n");
      expect(await bash(migrate)).toContain("may serve");
      const [, url = ""] = /^DATABASE_URL=(\S+) npm start$/.exec(serve) ?? [];
      const serving = runLatchkey({ DATABASE_URL: url, DATA_DIR: world.dataDir, ADMIN_PASSWORD: PASSWORD });
      await new Latchkey({ url: await serving.url() }).signIn({ name: "admin", password: PASSWORD });
      expect(await serving.stop()).toBe(0);
    } finally {
      const [owner, service, database] = Object.values(names).map((name) => name.replaceAll("-", "_"));
      await world.database.query(`drop database if exists ${database} with (force)`);
      await world.database.query(`drop role if exists ${owner}, ${service}`);
    }
  });

  it("backs up, exports the audit, restores, and says what was revoked since", async () => {
    const [dump = "", exporting = "", ...others] = written("sh", "Backup and restore");
    const [restore = "", ...statements] = written("sh", "What a restore must not do");
    expect([others.length, statements.length]).toEqual([0, 3]);
    const [kept, revoked] = [await seedKey(world), await seedKey(world)];
    const { secret } = await world.latchkey.keys.create({ name: unique("export"), scopes: ["audit:read"] });

    const owner = new URL(world.databaseUrl).username;
    const name = unique("latchkey_restored").replaceAll("-", "_");
    const useTools = await toolsFit(world.database);
    const copy = useTools ? undefined : await backUp(world);
    const restoredUrl = copy?.databaseUrl ?? Object.assign(new URL(world.databaseUrl), { pathname: `/${name}` }).href;
    const tools = { OWNER_URL: world.databaseUrl, ADMIN_URL: asDatabase(world.databaseUrl, "postgres") };
    const variables = { ...tools, RESTORED_URL: restoredUrl, LATCHKEY: world.url, AUDITORS_KEY: secret };
    try {
      if (useTools) await bash(dump, variables);
      await world.latchkey.keys.revoke({ id: revoked.apiKey.id, reason: "It has leaked" });
      await bash(exporting, variables);
      if (useTools) {
        await bash(restore.replace("latchkey_owner", owner).replace("latchkey_restored", name), variables);
      }
      const [replay = "", endAll = "", nothing = ""] = statements;
      await expect(joinWorld({ ...world, databaseUrl: restoredUrl })).rejects.toThrow("npm run restored");
      expect(await bash(replay, variables)).toMatch(/^ApiKey .* revoked +apiKey\.revoked by admin/m);
      const node = await joinWorld({ ...world, databaseUrl: restoredUrl });
      const codes = await Promise.all([kept, revoked].map((key) => verdictOf(node, { credential: key.secret })));
      await node.stop();
      expect(codes.map(({ code }) => code)).toEqual(["VALID", "REVOKED"]);
      expect(await bash(endAll, variables)).toContain("can, once, with the password");
      expect(await bash(nothing, variables)).toContain("0 taken away");
    } finally {
      await copy?.drop();
      await world.database.query(`drop database if exists ${name} with (force)`);
    }
  });
});

/** Whether pg_dump is there and new enough for this server; the embedded one brings none. */
async function toolsFit(database: pg.Pool): Promise<boolean> {
  const { rows } = await database.query<{ version: string }>("select current_setting('server_version_num') as version");
  const server = Math.trunc(Number(rows[0]?.version) / 10_000);
  const tool = await run("pg_dump", ["--version"]).catch(() => undefined);
  return Number(/\d+/.exec(tool?.stdout ?? "")?.[0] ?? 0) >= server;
}

function asDatabase(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}
