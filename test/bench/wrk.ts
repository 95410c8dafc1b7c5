import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

/** What is sent over and over: one request, or many in turn. */
export interface Target {
  readonly url: string;
  readonly method: string;
  readonly path: string;
  readonly requests: readonly { readonly headers: Readonly<Record<string, string>>; readonly body?: string }[];
}

export interface Measured {
  readonly perSecond: number;
  readonly requests: number;
  readonly medianMs: number;
  readonly p99Ms: number;
}

/** With two cores or more, servers are bound to the first and the load to the others, so that neither takes from the other. */
export const CORES =
  availableParallelism() > 1
    ? { server: ["taskset", "-c", "0"], load: ["taskset", "-c", `1-${availableParallelism() - 1}`] }
    : { server: [], load: [] };

/** Keeps connections busy with wrk. Any answer but 2xx ends the measurement: a fast error is no speed. */
export async function load(target: Target, connections: number, seconds: number): Promise<Measured> {
  const directory = await mkdtemp(join(tmpdir(), "latchkey-wrk-"));
  try {
    const script = join(directory, "requests.lua");
    await writeFile(script, luaOf(target));
    const wrk = ["wrk", "-t", "1", "-c", String(connections), "-d", `${seconds}s`, "-s", script, target.url];
    const [program = "wrk", ...args] = [...CORES.load, ...wrk];
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
    child.on("error", () => {
      throw new Error("wrk (and taskset) must be installed: it loads a server without being the slower one.");
    });
    const [output] = await Promise.all([text(child.stdout), once(child, "exit")]);
    const facts = /^RESULT (\S+) (\S+) (\S+) (\S+) (\S+)$/m.exec(output)?.slice(1).map(Number);
    if (!facts) throw new Error(`wrk said: ${output}`);
    const [requests = 0, microseconds = 0, medianUs = 0, p99Us = 0, errors = 0] = facts;
    if (errors > 0) throw new Error(`${errors} of ${requests} requests to ${target.path} failed.`);
    return {
      requests,
      perSecond: (requests * 1e6) / microseconds,
      medianMs: medianUs / 1_000,
      p99Ms: p99Us / 1_000,
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function luaOf({ method, path, requests }: Target): string {
  const entries = requests.map(({ headers, body }) => {
    const lines = Object.entries(headers).map(([name, value]) => `[${quoted(name)}]=${quoted(value)}`);
    const request = `${quoted(method)}, ${quoted(path)}, {${lines.join(",")}}, ${body === undefined ? "nil" : quoted(body)}`;
    return `  prepared[#prepared + 1] = wrk.format(${request})`;
  });
  return `
local prepared = {}
init = function(args)
${entries.join("\n")}
end
local place = 0
request = function()
  place = place % #prepared + 1
  return prepared[place]
end
done = function(summary, latency)
  local errors = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  print(string.format("RESULT %d %d %d %d %d", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), errors))
end`;
}

function quoted(value: string): string {
  return JSON.stringify(value);
}
