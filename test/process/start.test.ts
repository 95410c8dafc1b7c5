import { once } from "node:events";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import pg from "pg";
import { createEmptyDatabase, type DatabaseServer, type OwnDatabase } from "../support/database-server.js";
import { testDatabaseServer } from "../support/world.js";
import { killLeftovers, runLatchkey } from "./latchkey-process.js";

const PASSWORD = "a-chosen-pass-phrase";

describe("the process", () => {
  let server: DatabaseServer;
  let database: OwnDatabase;
  let dataDir: string;
  let environment: Record<string, string>;

  before(async () => {
    server = await testDatabaseServer();
    database = await createEmptyDatabase(server.url);
    dataDir = await mkdtemp(join(tmpdir(), "latchkey-process-"));
    environment = { DATABASE_URL: database.url, DATA_DIR: dataDir };
  });

  after(async () => {
    killLeftovers();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
    await server.stop();
  });

  it("does not start with bad variables, and names each with its remedy, without a secret", async () => {
    const started = runLatchkey({
      PORT: "70000",
      LOG_LEVEL: "loud",
      DATABASE_URL: "mysql://root:hunter2@localhost/x",
      VERIFY_NETWORKS: "10.0.0.0/8, somewhere",
      ADMIN_PASSWORD: "hunter2",
      LATCHKEY_KEY_RING: "1:c2hvcnQ=",
      SECRET_BRAND: "UPPER",
      QUERY_CREDENTIALS: "yes",
      ALLOW_LEGACY_GRANTS: "1",
      PUBLIC_URL: "ftp://latchkey",
      API_KEY_LIFE_DAYS_MAX: "0",
      API_KEY_HEADER: "Authorization",
      VERDICT_CACHE_RECORDS: "0",
      UNUSED_KEY_WARN_DAYS: "30",
      UNUSED_KEY_DISABLE_DAYS: "36",
    });
    expect(await started.exitCode()).toBe(1);
    const output = started.output();
    for (const name of [
      "PORT",
      "LOG_LEVEL",
      "DATABASE_URL",
      "VERIFY_NETWORKS",
      "ADMIN_PASSWORD",
      "LATCHKEY_KEY_RING",
      "SECRET_BRAND",
      "QUERY_CREDENTIALS",
      "ALLOW_LEGACY_GRANTS",
      "PUBLIC_URL",
      "API_KEY_LIFE_DAYS_MAX",
      "API_KEY_HEADER",
      "VERDICT_CACHE_RECORDS",
      "UNUSED_KEY_DISABLE_DAYS",
    ]) {
      expect(output).toMatch(new RegExp(`^ {2}${name} must `, "m"));
    }
    expect(output).not.toMatch(/hunter2|c2hvcnQ|at .*\.js/);
  });

  it("says that a port is taken, and how to go on", async () => {
    const other: Server = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = address !== null && typeof address === "object" ? String(address.port) : "";
    const started = runLatchkey({ ...environment, PORT: port, ADMIN_PASSWORD: PASSWORD });
    expect(await started.exitCode()).toBe(1);
    expect(started.output()).toContain(`PORT ${port} of 127.0.0.1 is taken`);
    other.close();
  });

  it("says that the database cannot be reached, without its password", async () => {
    const started = runLatchkey({
      DATA_DIR: dataDir,
      DATABASE_URL: "postgres://latchkey:hunter2@127.0.0.1:1/latchkey",
    });
    expect(await started.exitCode()).toBe(1);
    expect(started.output()).toContain("Latchkey cannot start. The database at 127.0.0.1:1/latchkey cannot be used:");
    expect(started.output()).not.toContain("hunter2");
  });

  it("refuses an unknown command", async () => {
    const started = runLatchkey(environment, "migrat");
    expect(await started.exitCode()).toBe(1);
    expect(started.output()).toContain('There is no command "migrat"');
  });

  it("migrates without serving", async () => {
    const own = await createEmptyDatabase(server.url);
    try {
      const variables = { DATABASE_URL: own.url, DATA_DIR: dataDir };
      const [first, second] = [runLatchkey(variables, "migrate"), runLatchkey(variables, "migrate")];
      expect([await first.exitCode(), await second.exitCode()]).toEqual([0, 0]);
      const outputs = [first.output(), second.output()].sort();
      expect(outputs[0]).toContain("CreateUsers");
      expect(outputs[1]).toMatch(/: up to date\n$/);
    } finally {
      await own.drop();
    }
  });

  it("of two nodes that start at once on an empty database one migrates, one administrator is made, and both serve", async () => {
    const own = await createEmptyDatabase(server.url);
    const variables = { DATABASE_URL: own.url, DATA_DIR: dataDir, ADMIN_PASSWORD: PASSWORD };
    const nodes = [runLatchkey(variables), runLatchkey(variables)];
    try {
      for (const node of nodes) {
        const response = await fetch(`${await node.url()}/health/ready`);
        expect(await response.json()).toEqual({ status: "up", checks: { database: "up", process: "up" } });
      }
      const migrated = nodes.map((node) => /"migrated":\[([^\]]*)\]/.exec(node.output())?.[1] ?? "nothing printed");
      expect(migrated.filter((names) => names === "").length).toBe(1);
      const client = new pg.Client(own.url);
      await client.connect();
      const { rows } = await client.query("select user_name from users");
      await client.end();
      expect(rows).toEqual([{ user_name: "admin" }]);
    } finally {
      expect(await Promise.all(nodes.map((node) => node.stop()))).toEqual([0, 0]);
      await own.drop();
    }
  });

  it("prints the first administrator's random password once; it signs in; the key ring is its owner's alone", async () => {
    const first = runLatchkey(environment);
    const url = await first.url();
    const password = /"admin" with the password (\S+)/.exec(first.output())?.[1] ?? "";
    const latchkey = new Latchkey({ url });
    const { actor } = await latchkey.signIn({ name: "admin", password });
    expect(actor).toMatchObject({ name: "admin", role: "SYSTEM_ADMIN" });
    expect((await stat(join(dataDir, "key-ring"))).mode & 0o777).toBe(0o600);
    expect(await first.stop()).toBe(0);
    expect(first.output().split(password).length).toBe(2);

    const second = runLatchkey(environment);
    await second.url();
    expect(await second.stop("SIGINT")).toBe(0);
    expect(second.output()).not.toContain("with the password");
  });

  it("never prints a password that was given", async () => {
    const own = await createEmptyDatabase(server.url);
    try {
      const started = runLatchkey({
        DATABASE_URL: own.url,
        DATA_DIR: dataDir,
        ADMIN_PASSWORD: PASSWORD,
        LOG_LEVEL: "trace",
      });
      const url = await started.url();
      await new Latchkey({ url }).signIn({ name: "admin", password: PASSWORD });
      await started.stop();
      expect(started.output()).not.toContain(PASSWORD);
    } finally {
      await own.drop();
    }
  });

  it("does not start with another key ring than its database was made with, or without a version that keys need", async () => {
    const own = await createEmptyDatabase(server.url);
    const ring = (version: number, letter: string) => `${version}:${Buffer.alloc(32, letter).toString("base64")}`;
    const variables = { DATABASE_URL: own.url, DATA_DIR: dataDir, ADMIN_PASSWORD: PASSWORD };
    try {
      const first = runLatchkey({ ...variables, LATCHKEY_KEY_RING: ring(1, "a") });
      const latchkey = new Latchkey({ url: await first.url() });
      await latchkey.signIn({ name: "admin", password: PASSWORD });
      const { secret } = await latchkey.keys.create({ name: "script" });
      await first.stop();

      const other = runLatchkey({ ...variables, LATCHKEY_KEY_RING: ring(1, "b") });
      expect(await other.exitCode()).toBe(1);
      expect(other.output()).toContain("LATCHKEY_KEY_RING: version 1 is not the one that this database was made with.");
      const lacking = runLatchkey({ ...variables, LATCHKEY_KEY_RING: ring(2, "c") });
      expect(await lacking.exitCode()).toBe(1);
      expect(lacking.output()).toContain("LATCHKEY_KEY_RING lacks version 1");

      const rotated = runLatchkey({ ...variables, LATCHKEY_KEY_RING: `${ring(1, "a")},${ring(2, "c")}` });
      const { code } = await new Latchkey({ url: await rotated.url() }).verify({ credential: secret });
      expect(code).toBe("VALID");
      await rotated.stop();
    } finally {
      await own.drop();
    }
  });

  it("keeps everything in its embedded database, also when it is killed", async () => {
    const embedded = await mkdtemp(join(tmpdir(), "latchkey-embedded-"));
    const variables = { DATA_DIR: embedded, ADMIN_PASSWORD: PASSWORD };
    try {
      const first = runLatchkey(variables);
      const latchkey = new Latchkey({ url: await first.url() });
      await latchkey.signIn({ name: "admin", password: PASSWORD });
      const { secret } = await latchkey.keys.create({ name: "script" });
      const ring = await readFile(join(embedded, "key-ring"), "utf8");
      await first.stop("SIGKILL");

      const second = runLatchkey(variables);
      const { code } = await new Latchkey({ url: await second.url() }).verify({ credential: secret });
      expect(code).toBe("VALID");
      expect(await readFile(join(embedded, "key-ring"), "utf8")).toBe(ring);
      expect(await second.stop()).toBe(0);
    } finally {
      await rm(embedded, { recursive: true, force: true, maxRetries: 5 });
    }
  });
});
