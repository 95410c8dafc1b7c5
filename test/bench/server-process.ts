import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../../", import.meta.url));

export function start(script: string, environment: Record<string, string>): ChildProcess {
  const env = { PATH: "/usr/bin:/bin", ...environment };
  return spawn(process.execPath, [join(dist, script)], { env, stdio: ["ignore", "pipe", "inherit"] });
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

export async function stop(child: ChildProcess): Promise<void> {
  child.kill("SIGTERM");
  if (child.exitCode === null) await once(child, "exit");
}
