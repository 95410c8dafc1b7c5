import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { EmbeddedPostgresError, OWN_SERVER } from "./embedded-postgres-error.js";
import { pidFileOf, readPidFile } from "./pid-file.js";

const FAST_SHUTDOWN_MS_MAX = 60_000;
const IMMEDIATE_SHUTDOWN_MS_MAX = 10_000;
const POLL_MS = 20;
/** Above what any kernel gives out. */
const PID_OF_NOBODY = 2_147_483_647;

/**
 * Ends the server that outlived a killed Latchkey. It is stopped rather than taken over: the next one has the
 * settings and the binaries of today, and its transactions are rolled back. The caller holds the lock.
 */
export async function stopLeftoverServer(pgdata: string): Promise<void> {
  const left = await readPidFile(pgdata);
  if (!left) return;

  const commandLine = await commandLineOf(left.pid);
  if (commandLine === undefined) return;
  if (!`${commandLine} `.includes(` -D ${pgdata} `)) return disown(pgdata);

  const gone = async () => (await readPidFile(pgdata))?.pid !== left.pid || !signal(left.pid, 0);
  signal(left.pid, "SIGINT");
  if (await within(FAST_SHUTDOWN_MS_MAX, gone)) return;
  signal(left.pid, "SIGQUIT");
  if (await within(IMMEDIATE_SHUTDOWN_MS_MAX, gone)) return;
  throw new EmbeddedPostgresError(
    `A PostgreSQL server from an earlier start, process ${left.pid}, still runs on ${pgdata} and does not stop. ` +
      `End it with "kill -QUIT ${left.pid}" and start again, or ${OWN_SERVER}.`,
  );
}

/**
 * The pid is somebody else's by now, or a zombie's, and PostgreSQL would take that for a living server. The rest of
 * the file stays: by the shared memory it names, PostgreSQL still sees a server or backends that do live.
 */
async function disown(pgdata: string): Promise<void> {
  const [, ...rest] = (await readFile(pidFileOf(pgdata), "utf8")).split("\n");
  await writeFile(pidFileOf(pgdata), [PID_OF_NOBODY, ...rest].join("\n"));
}

/** Undefined for a process that is gone, empty for a zombie. Readable by all, unlike much else about a process. */
async function commandLineOf(pid: number): Promise<string | undefined> {
  if (process.platform === "linux") {
    const words = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined);
    return words?.replaceAll("\0", " ");
  }
  if (process.platform === "win32") return undefined;
  const { stdout } = await promisify(execFile)("/bin/ps", ["-ww", "-o", "args=", "-p", String(pid)]).catch(() => ({
    stdout: "",
  }));
  return stdout.trim() || undefined;
}

/** False when there is no such process any more. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

async function within(boundMs: number, holds: () => Promise<boolean>): Promise<boolean> {
  const deadlineMs = performance.now() + boundMs;
  while (performance.now() < deadlineMs) {
    if (await holds()) return true;
    await delay(POLL_MS);
  }
  return false;
}
