import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { TestContext } from "node:test";
import pg from "pg";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../api/database/embedded/start-embedded-postgres.js";

export const asRoot = process.getuid?.() === 0;
/** "nobody" where that has its usual number; the tests that need it run as root only. */
export const nobody = { uid: 65534, gid: 65534 };
export const settings = { fsync: "off", shared_buffers: "16MB" };

/** A directory everybody may enter, as a checkout usually is; mkdtemp makes a closed one. */
export async function openDirectory(t: TestContext, owner?: { uid: number; gid: number }): Promise<string> {
  const directory = await closedDirectory(t);
  await chmod(directory, 0o755);
  if (owner) await chown(directory, owner.uid, owner.gid);
  return directory;
}

export async function closedDirectory(t: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "latchkey-"));
  t.after(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
}

export async function start(t: TestContext, dataDir: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, settings });
  t.after(() => server.stop());
  return server;
}

export async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>({ text: sql })).rows;
  } finally {
    await client.end();
  }
}

export interface OtherProcess {
  readonly child: ChildProcess;
  /** What it printed first: the server it started, or the message it got. */
  readonly answer: { url: string; origin: string } & { refused?: string };
  /** Ends its input, at which it stops its server. */
  end(): Promise<void>;
}

/** Starts the server in a process of its own, as another user if asked. */
export function startElsewhere(
  t: TestContext,
  dataDir: string,
  user?: { uid: number; gid: number },
): { child: ChildProcess; answered: Promise<OtherProcess> } {
  const module = new URL("../../api/database/embedded/start-embedded-postgres.js", import.meta.url);
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(module.href)};
    try {
      const { url, origin, stop } = await startEmbeddedPostgres(${JSON.stringify({ dataDir, settings })});
      console.log(JSON.stringify({ url, origin }));
      process.stdin.resume().once("end", () => stop());
    } catch (error) {
      console.log(JSON.stringify({ refused: error.name + ": " + error.message }));
    }`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    cwd: "/",
    env: {},
    stdio: ["pipe", "pipe", "inherit"],
    ...user,
  });
  const exited = once(child, "exit");
  const end = async () => {
    child.stdin?.end();
    await exited;
  };
  t.after(end);
  const answered = once(createInterface(child.stdout), "line").then(([line]) => ({
    child,
    answer: JSON.parse(String(line)) as OtherProcess["answer"],
    end,
  }));
  // A process that is killed on purpose never answers.
  answered.catch(() => undefined);
  return { child, answered };
}

export async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}
