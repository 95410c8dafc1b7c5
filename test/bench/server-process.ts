import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../../", import.meta.url));

/** `prefix` is a program that runs it, such as one that binds it to a core. */
export function start(
  script: string,
  environment: Record<string, string>,
  prefix: readonly string[] = [],
  ...args: string[]
): ChildProcess {
  const env = { PATH: "/usr/bin:/bin", ...environment };
  const [program = "", ...rest] = [...prefix, process.execPath, join(dist, script), ...args];
  return spawn(program, rest, { env, stdio: ["ignore", "pipe", "inherit"] });
}

/** Both servers print their address when they listen. */
export async function urlOf(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("The server has no output.");
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^(?:Latchkey is ready: )?(http:\/\/[^/\s]+)/.exec(line)?.[1];
    if (url !== undefined) {
      child.stdout.resume();
      return url;
    }
  }
  throw new Error("The server ended before it listened.");
}

/** Processor time that a process has used so far, in seconds; of Linux only. */
export async function cpuSecondsOf({ pid }: ChildProcess): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

export async function stop(child: ChildProcess): Promise<void> {
  child.kill("SIGTERM");
  if (child.exitCode === null) await once(child, "exit");
}
