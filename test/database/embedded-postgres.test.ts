import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "expect";
import { EmbeddedPostgresError, startEmbeddedPostgres } from "../../api/database/embedded/start-embedded-postgres.js";
import {
  asRoot,
  closedDirectory,
  kill,
  nobody,
  openDirectory,
  query,
  settings,
  start,
  startElsewhere,
} from "./embedded-server.js";

const onlyRoot = { skip: asRoot ? false : "needs root" };
const refusal = (dataDir: string): Promise<unknown> =>
  startEmbeddedPostgres({ dataDir, settings }).then(
    async (server) => server.stop().then(() => "started"),
    (error: unknown) => error,
  );

async function expectRefusal(dataDir: string, ...words: RegExp[]): Promise<void> {
  const error = await refusal(dataDir);
  expect(error).toBeInstanceOf(EmbeddedPostgresError);
  for (const word of [...words, /DATABASE_URL/]) expect((error as Error).message).toMatch(word);
}

describe("an embedded PostgreSQL", { concurrency: 2 }, () => {
  it("keeps its data over a restart", async (t) => {
    const dataDir = join(await openDirectory(t), "parent", "data");
    const first = await start(t, dataDir);
    await query(first.url, "create table kept as select 42 as answer");
    await first.stop();

    const second = await start(t, dataDir);

    expect(await query(second.url, "select answer from kept")).toEqual([{ answer: 42 }]);
    expect(second.origin).toContain(join(dataDir, "postgres"));
  });

  it("opens no door but 127.0.0.1 with a password that only its owner can read", async (t) => {
    const dataDir = join(await openDirectory(t), "data");
    const { url } = await start(t, dataDir);
    const show = `select current_setting('listen_addresses') as host, current_setting('unix_socket_directories') as sockets,
      current_setting('TimeZone') as zone, current_setting('fsync') as fsync`;

    expect(await query(url, show)).toEqual([{ host: "127.0.0.1", sockets: "", zone: "UTC", fsync: "off" }]);
    await expect(query(url.replace(/:[^:@]+@/, ":wrong@"), "select 1")).rejects.toMatchObject({ code: "28P01" });
    expect((await stat(join(dataDir, "postgres-password"))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataDir, "postgres.log"))).mode & 0o777).toBe(0o600);
  });

  it("refuses a second process on its directory, by the pid of the first, until that has stopped", async (t) => {
    const dataDir = join(await openDirectory(t), "data");
    const first = await startElsewhere(t, dataDir).answered;

    await expectRefusal(dataDir, new RegExp(`process ${first.child.pid}\\b`), new RegExp(dataDir), /DATA_DIR/);
    expect(await query(first.answer.url, "select 1 as one")).toEqual([{ one: 1 }]);

    await first.end();
    expect(await query((await start(t, dataDir)).url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("goes on after its process was killed and the server was left behind", async (t) => {
    const dataDir = join(await openDirectory(t), "data");
    const { child, answer } = await startElsewhere(t, dataDir).answered;
    await query(answer.url, "create table kept as select 42 as answer");
    const pidFile = join(dataDir, "postgres", "postmaster.pid");
    const leftPid = Number.parseInt(await readFile(pidFile, "utf8"), 10);
    await kill(child);
    expect(process.kill(leftPid, 0)).toBe(true);

    const next = await start(t, dataDir);

    expect(await query(next.url, "select answer from kept")).toEqual([{ answer: 42 }]);
    expect(Number.parseInt(await readFile(pidFile, "utf8"), 10)).not.toBe(leftPid);
    await expect(query(answer.url, "select 1")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  it("goes on after its process and the server were both killed", async (t) => {
    const dataDir = join(await openDirectory(t), "data");
    const { child, answer } = await startElsewhere(t, dataDir).answered;
    await query(answer.url, "create table kept as select 42 as answer");
    process.kill(Number.parseInt(await readFile(join(dataDir, "postgres", "postmaster.pid"), "utf8"), 10), "SIGKILL");
    await kill(child);

    expect(await query((await start(t, dataDir)).url, "select answer from kept")).toEqual([{ answer: 42 }]);
  });

  it("is not confused by a pid that somebody else has by now", async (t) => {
    const dataDir = join(await openDirectory(t), "data");
    await (await start(t, dataDir)).stop();
    const lines = [
      process.pid,
      join(dataDir, "postgres"),
      Math.floor(Date.now() / 1000),
      5432,
      "",
      "127.0.0.1",
      "",
      "",
    ];
    await writeFile(join(dataDir, "postgres", "postmaster.pid"), lines.join("\n"));

    expect(await query((await start(t, dataDir)).url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("makes its database again when the first try was killed midway", async (t) => {
    const dataDir = join(await openDirectory(t), "data");
    const { child } = startElsewhere(t, dataDir);
    const unfinished = async () => (await readdir(dataDir).catch(() => [])).find((name) => /\.init-\w+$/.test(name));
    while (!(await unfinished()) && child.exitCode === null) await delay(2);
    await kill(child);
    expect(await readdir(dataDir)).not.toContain("postgres");

    const server = await start(t, dataDir);

    expect(await query(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("says that a directory is a file, or below one", async (t) => {
    const file = join(await openDirectory(t), "file");
    await writeFile(file, "");

    await expectRefusal(file, /is a file/);
    await expectRefusal(join(file, "data"), /is a file/);
  });

  it("says that it may not write", async (t) => {
    const directory = await openDirectory(t, asRoot ? nobody : undefined);
    await chmod(directory, 0o500);

    const { answer } = await startElsewhere(t, join(directory, "data"), asRoot ? nobody : undefined).answered;

    expect(answer.refused).toMatch(/^EmbeddedPostgresError: .*no permission for .*DATA_DIR/);
  });

  it("says that the data is of another version, or no database", async (t) => {
    const dataDir = join(await openDirectory(t), "data");
    await mkdir(join(dataDir, "postgres"), { recursive: true });
    await writeFile(join(dataDir, "postgres", "notes.txt"), "mine");
    await expectRefusal(dataDir, /no PostgreSQL database/);
    expect(await readdir(join(dataDir, "postgres"))).toEqual(["notes.txt"]);

    await writeFile(join(dataDir, "postgres", "PG_VERSION"), "9\n");
    await expectRefusal(dataDir, /made by PostgreSQL 9, and the one here is \d+/);
  });

  it("says what the server said when that gave up", async (t) => {
    const dataDir = join(await openDirectory(t), "data");
    const error = await startEmbeddedPostgres({ dataDir, settings: { ...settings, work_mem: "much" } }).catch((e) => e);

    expect(error).toBeInstanceOf(EmbeddedPostgresError);
    expect(error.message).toMatch(/invalid value for parameter "work_mem"/);
    expect(await query((await start(t, dataDir)).url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("runs as an ordinary user", async (t) => {
    const user = asRoot ? nobody : undefined;
    const dataDir = join(await openDirectory(t, user), "data");
    const { answer } = await startElsewhere(t, dataDir, user).answered;

    expect(answer.refused).toBeUndefined();
    expect((await stat(join(dataDir, "postgres"))).uid).toBe(user?.uid ?? process.getuid?.());
    expect(await query(answer.url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("runs, as root, on data that an ordinary user made, and leaves it to that user", onlyRoot, async (t) => {
    const dataDir = join(await openDirectory(t, nobody), "data");
    const first = await startElsewhere(t, dataDir, nobody).answered;
    await query(first.answer.url, "create table kept as select 42 as answer");
    await first.end();

    const second = await start(t, dataDir);

    expect(await query(second.url, "select answer from kept")).toEqual([{ answer: 42 }]);
    expect((await stat(join(dataDir, "postgres"))).uid).toBe(nobody.uid);
  });

  it("keeps data elsewhere, as root, when its user cannot enter the directory", onlyRoot, async (t) => {
    const dataDir = join(await closedDirectory(t), "data");
    const first = await start(t, dataDir);
    const pgdata = /in (\/var\/\S+\/latchkey-\w+\/postgres) \(/.exec(first.origin)?.[1];
    expect(pgdata).toBeDefined();
    t.after(() => rm(dirname(pgdata!), { recursive: true, force: true }));
    await query(first.url, "create table kept as select 42 as answer");
    await first.stop();

    // Once there, it stays there: opening the way later must not begin an empty database.
    await chmod(dirname(dataDir), 0o755);
    const second = await start(t, dataDir);

    expect(await query(second.url, "select answer from kept")).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  it("says that PostgreSQL needs a user with a name", onlyRoot, async (t) => {
    const nameless = { uid: 61_234, gid: 61_234 };
    const directory = await openDirectory(t, nameless);

    const { answer } = await startElsewhere(t, join(directory, "data"), nameless).answered;

    expect(answer.refused).toMatch(/user id 61234 has none in \/etc\/passwd.*DATABASE_URL/);
  });
});
