import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { parseEnv, promisify } from "node:util";
import { expect } from "expect";
import { parse } from "yaml";
import { loadConfig } from "../../api/config/config.js";
import { root } from "../readme/code-blocks.js";

const run = promisify(execFile);
const analyze = await systemdAnalyze();
/** Of others: Node's, and the image's of PostgreSQL. */
const FOREIGN = ["NODE_ENV", "POSTGRES_PASSWORD_FILE", "POSTGRES_INITDB_ARGS"];

/** Undefined where there is none, or one that is too old to judge a file by itself. */
async function systemdAnalyze(): Promise<string | undefined> {
  const path = ["/usr/bin/systemd-analyze", "/bin/systemd-analyze"].find((each) => existsSync(each));
  if (!path) return undefined;
  const { stdout } = await run(path, ["--version"]);
  return Number(/\d+/.exec(stdout)?.[0]) >= 250 ? path : undefined;
}

interface Service {
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly (string | { readonly source: string; readonly target: string })[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly stop_grace_period?: string;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

describe("the files to deploy with", () => {
  let dockerfile: string;
  let unit: string;
  let sql: string;
  let compose: Compose;
  let known: readonly string[];
  let stopSecondsMax: number;

  before(async () => {
    const read = (path: string) => readFile(join(root, path), "utf8");
    dockerfile = await read("api/deploy/Dockerfile");
    unit = await read("api/deploy/latchkey.service");
    sql = await read("api/deploy/create-roles.sql");
    compose = parse(await read("api/deploy/compose.yaml"), { merge: true }) as Compose;
    known = (await read("api/config/config.ts")).match(/(?<=")[A-Z_]{4,}(?=")/g) ?? [];
    stopSecondsMax = Number((await read("api/main.ts")).match(/STOP_MS_MAX = ([\d_]+)/)?.[1]?.replace("_", "")) / 1_000;
  });

  const services = (): [string, Service][] => Object.entries(compose.services);

  it("name only variables that are read", () => {
    const inImage = /^ENV ((?:.*\\\n)*.*)$/m.exec(dockerfile)?.[1]?.match(/\b[A-Z_]+(?==)/g) ?? [];
    const inUnit = unit.match(/(?<=^Environment=)[A-Z_]+/gm) ?? [];
    const inCompose = services().flatMap(([, { environment = {} }]) => Object.keys(environment));
    expect([inImage.length, inUnit.length, inCompose.length]).toEqual([3, 2, 2]);
    const unknown = [...inImage, ...inUnit, ...inCompose].filter(
      (name) => !known.includes(name) && !FOREIGN.includes(name),
    );
    expect(unknown).toEqual([]);
  });

  it("run what exists", async () => {
    const { scripts } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { scripts: object };
    for (const [, script] of dockerfile.matchAll(/npm run (?:--silent )?(\S+)/g))
      expect(scripts).toHaveProperty([script ?? ""]);
    const [, program] = /^ExecStart=\S+ (\S+)$/m.exec(unit) ?? [];
    const entry = JSON.parse(/^ENTRYPOINT (.*)$/m.exec(dockerfile)?.[1] ?? "[]") as string[];
    expect(existsSync(join(root, program ?? ""))).toBe(true);
    expect([entry[0], entry.at(-1)]).toEqual(["node", program]);
    const main = await readFile(join(root, "api/main.ts"), "utf8");
    const commands = services().flatMap(([, { command }]) => (command ? [command] : []));
    expect(commands).toEqual([["migrate", "--grant-to", "latchkey_service"]]);
    for (const [command = "", option = ""] of commands) {
      expect(main).toContain(`command === "${command}"`);
      expect(main).toContain(`"${option}"`);
    }
    for (const path of ["/health/live", "/health/ready"]) {
      expect(await readFile(join(root, "api/http/health-route.ts"), "utf8")).toContain(`"${path}"`);
      expect(dockerfile + (await readFile(join(root, "api/deploy/compose.yaml"), "utf8"))).toContain(`${path}\``);
    }
  });

  it("build the image of files that are in its context, and of no secret", async () => {
    const ignored = (await readFile(join(root, ".dockerignore"), "utf8")).split("\n");
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, files = ""]) =>
      files.split(" "),
    );
    for (const file of copied.filter((each) => each !== ".")) {
      expect(existsSync(join(root, file))).toBe(true);
      expect(ignored).toContain(`!${file.split("/")[0]}`);
    }
    expect(ignored).toEqual(
      expect.arrayContaining(["*", "!api", "!migrations", "!tsconfig.json", "api/deploy/secrets"]),
    );
    expect(await readFile(join(root, ".gitignore"), "utf8")).toContain("api/deploy/secrets/");
    for (const [, { build }] of services()) {
      if (build) expect(existsSync(join(root, "api/deploy", build.context, build.dockerfile))).toBe(true);
    }
    expect(dockerfile).toMatch(/^USER node$/m);
  });

  it("compose what is declared, reachable from this machine alone", async () => {
    const names = Object.keys(compose.services);
    expect(names).toEqual(["database", "migrate", "node-1", "node-2"]);
    for (const [, { depends_on: needs = {}, secrets = [], ports = [], volumes = [] }] of services()) {
      expect(names).toEqual(expect.arrayContaining(Object.keys(needs)));
      const sources = secrets.map((secret) => (typeof secret === "string" ? secret : secret.source));
      expect(Object.keys(compose.secrets)).toEqual(expect.arrayContaining(sources));
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:4000$/);
      for (const [file = ""] of volumes.map((volume) => volume.split(":"))) {
        if (file.startsWith(".")) expect(existsSync(join(root, "api/deploy", file))).toBe(true);
      }
    }
    const roles = sql.match(/(?<=create role )\w+/g);
    expect(roles).toEqual(["latchkey_owner", "latchkey_service"]);
    for (const [, path] of sql.matchAll(/cat \/run\/secrets\/(\S+)`/g)) {
      expect(compose.services["database"]?.secrets).toContain(path);
    }
  });

  it("wait for requests in flight longer than the process does", () => {
    expect(stopSecondsMax).toBe(15);
    expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(stopSecondsMax);
    const graces = services().flatMap(([, { stop_grace_period: grace }]) =>
      grace ? [Number.parseInt(grace, 10)] : [],
    );
    expect(graces.length).toBe(3);
    for (const grace of graces) expect(grace).toBeGreaterThan(stopSecondsMax);
    expect(dockerfile).toMatch(/^STOPSIGNAL SIGTERM$/m);
  });

  it("make secrets that the server takes, once, for nobody else to see", async () => {
    const directory = await mkdtemp(join(tmpdir(), "latchkey-deploy-"));
    const script = join(root, "api/deploy/make-secrets.sh");
    try {
      await run("sh", [script, directory]);
      for (const { file } of Object.values(compose.secrets)) expect(existsSync(join(directory, file))).toBe(true);
      expect((await stat(join(directory, "secrets"))).mode & 0o777).toBe(0o700);
      const variables = parseEnv(await readFile(join(directory, "secrets/latchkey.env"), "utf8"));
      const config = loadConfig(variables);
      expect(config.keyRing?.map(({ version }) => version)).toEqual([1]);
      expect(Object.keys(variables).filter((name) => !known.includes(name))).toEqual([]);
      const owner = parseEnv(await readFile(join(directory, "secrets/owner.env"), "utf8"));
      const users = [variables, owner].map(({ DATABASE_URL }) => new URL(DATABASE_URL ?? ""));
      expect(users.map(({ username, hostname }) => `${username}@${hostname}`)).toEqual([
        "latchkey_service@database",
        "latchkey_owner@database",
      ]);
      const password = await readFile(join(directory, "secrets/service-password"), "utf8");
      expect(users[0]?.password).toBe(password);
      await expect(run("sh", [script, directory])).rejects.toThrow("There are secrets already");
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it("are a unit that systemd takes, with little that it may do", { skip: !analyze }, async () => {
    const directory = await mkdtemp(join(tmpdir(), "latchkey-unit-"));
    const file = join(directory, "latchkey.service");
    try {
      await writeFile(file, unit.replaceAll("/usr/bin/node", process.execPath).replaceAll("/opt/latchkey", root));
      const { stdout, stderr } = await run(analyze ?? "", ["verify", file]);
      expect((stdout + stderr).split("\n").filter((line) => line.includes("latchkey"))).toEqual([]);
      await run(analyze ?? "", ["security", "--offline=true", "--threshold=20", file]);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
