import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { until } from "../support/until.js";

const MAIN = fileURLToPath(new URL("../../api/main.js", import.meta.url));

/** `node dist/api/main.js`, with these variables and no others. */
export interface LatchkeyProcess {
  readonly child: ChildProcess;
  /** All that it has printed so far, on both channels. */
  output(): string;
  /** Where it listens, once it does. */
  url(): Promise<string>;
  exitCode(): Promise<number | null>;
  /** Asks it to stop, and waits until it has. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

const running = new Set<ChildProcess>();

/** For when a test has failed midway: nothing that it started stays behind. */
export function killLeftovers(): void {
  for (const child of running) child.kill("SIGKILL");
}

export function runLatchkey(environment: Readonly<Record<string, string>>, ...args: string[]): LatchkeyProcess {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PORT: "0", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const channel of [child.stdout, child.stderr]) {
    channel.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
    });
  }
  running.add(child);
  const exit = once(child, "exit").then(([code]) => {
    running.delete(child);
    return code as number | null;
  });
  return {
    child,
    output: () => printed,
    url: () =>
      until("the server to listen", () => {
        if (child.exitCode !== null) throw new Error(`It ended: ${printed}`);
        return /Latchkey is ready: (http:\/\/\S+[^/\s])\//.exec(printed)?.[1];
      }),
    exitCode: () => exit,
    stop: async (signal = "SIGTERM") => {
      child.kill(signal);
      return exit;
    },
  };
}
