import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../support/free-port.js";
import { until } from "../../support/until.js";
import { codeBlocksOf } from "../code-blocks.js";
import type { GatewayWorld } from "./gateway-world.js";

export interface Gateway {
  readonly url: string;
  stop(): Promise<void>;
}

export interface Recipe {
  /** As the README's heading calls it. */
  readonly name: string;
  readonly program: string;
  /** What to write into its directory, from the README's blocks by language; and how it is started there. */
  readonly setUp: (blocks: Readonly<Record<string, string>>, directory: string) => SetUp;
}

interface SetUp {
  readonly files: Readonly<Record<string, string>>;
  readonly arguments: readonly string[];
}

const FOLDERS = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin"];

export function findProgram(name: string): string | undefined {
  return FOLDERS.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Runs the README's gateway as it is written there, but for the ports. */
export async function startGateway(recipe: Recipe, { latchkeyUrl, upstreamUrl }: GatewayWorld): Promise<Gateway> {
  const port = await freePort();
  const here: Readonly<Record<string, string>> = {
    ":8080": `:${port}`,
    ":9000": `:${new URL(upstreamUrl).port}`,
    ":4000": `:${new URL(latchkeyUrl).port}`,
  };
  const blocks: Record<string, string> = {};
  for (const { heading, language, code } of await codeBlocksOf("README.md")) {
    if (heading !== recipe.name) continue;
    // In one pass: a port of here may begin like one of the README.
    blocks[language] = code.replace(/:\d{4}\b/g, (written) => here[written] ?? written);
  }

  const directory = await mkdtemp(join(tmpdir(), "latchkey-gateway-"));
  // nginx gives up root's rights, and still keeps large bodies below.
  await chmod(directory, 0o755);
  const { files, arguments: given } = recipe.setUp(blocks, directory);
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
  const child = spawn(findProgram(recipe.program) ?? recipe.program, given, {
    cwd: directory,
    env: { HOME: directory, XDG_CONFIG_HOME: directory, XDG_DATA_HOME: directory },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaints = "";
  child.stderr?.on("data", (chunk) => {
    complaints += chunk;
  });
  await until(recipe.name, () => {
    if (child.exitCode !== null) throw new Error(`${recipe.name} did not start: ${complaints}`);
    return listens(port);
  });
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      await end(child);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}
