import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { DataDirectory } from "./data-directory.js";
import type { LogFile } from "./log-file.js";
import type { Binaries } from "./prepare-binaries.js";
import { childOptions, runProgram } from "./run-program.js";

const FAST_SHUTDOWN_MS_MAX = 60_000;
const IMMEDIATE_SHUTDOWN_MS_MAX = 10_000;

export interface ServerProcess {
  readonly pid: number | undefined;
  hasEnded(): boolean;
  stop(): Promise<void>;
}

export function spawnServer(
  { pgdata, root, account }: DataDirectory,
  { bin }: Binaries,
  settings: Readonly<Record<string, string>>,
  log: LogFile,
): ServerProcess {
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(join(bin, "postgres"), ["-D", pgdata, ...flags], {
    ...childOptions(account, root),
    stdio: ["ignore", log.fd, log.fd],
    // In a group of its own: Ctrl-C reaches Latchkey alone, which drains before it stops its database.
    detached: true,
  });
  let failed = false;
  child.once("error", () => {
    failed = true;
  });
  child.unref();

  // An exit without stop(), say after an uncaught exception, leaves no server behind either.
  const interrupt = () => child.kill("SIGINT");
  process.once("exit", interrupt);
  const hasEnded = () => failed || child.exitCode !== null || child.signalCode !== null;

  return {
    pid: child.pid,
    hasEnded,
    async stop() {
      process.off("exit", interrupt);
      if (hasEnded()) return;
      child.ref();
      // Windows has no signals: there kill() would be a crash.
      if (process.platform === "win32") await runProgram(join(bin, "pg_ctl"), ["stop", "-m", "fast", "-D", pgdata]);
      else child.kill("SIGINT");
      if (await endsWithin(child, FAST_SHUTDOWN_MS_MAX)) return;
      child.kill("SIGQUIT");
      if (await endsWithin(child, IMMEDIATE_SHUTDOWN_MS_MAX)) return;
      child.kill("SIGKILL");
      await endsWithin(child, IMMEDIATE_SHUTDOWN_MS_MAX);
    },
  };
}

async function endsWithin(child: ChildProcess, boundMs: number): Promise<boolean> {
  if (child.exitCode !== null || child.signalCode !== null) return true;
  const bound = new AbortController();
  const ended = once(child, "exit").then(() => true);
  return Promise.race([ended, delay(boundMs, false, { signal: bound.signal })]).finally(() => bound.abort());
}
