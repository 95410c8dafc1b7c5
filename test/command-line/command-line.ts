import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const program = join(root, "dist/sdk/command-line/main.js");

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** The program as a script runs it: nothing is a terminal, and its configuration is in a folder of its own. */
export class CommandLine {
  private constructor(
    readonly home: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  static async open(environment: Readonly<Record<string, string>>): Promise<CommandLine> {
    return new CommandLine(await mkdtemp(join(tmpdir(), "latchkey-command-line-")), environment);
  }

  close(): Promise<void> {
    return rm(this.home, { recursive: true });
  }

  start(operands: readonly string[], input = ""): Running {
    return this.spawn(process.execPath, [program, ...operands], input);
  }

  /** As it is typed, from another folder than the project's. */
  throughNpm(operands: readonly string[]): Promise<Ended> {
    return this.spawn("npm", ["run", "--silent", "--prefix", root, "latchkey", "--", ...operands], "").ended;
  }

  private spawn(command: string, operands: readonly string[], input: string): Running {
    const env = {
      PATH: process.env["PATH"],
      HOME: this.home,
      ...this.environment,
    };
    const child = spawn(command, operands, { cwd: this.home, env });
    // It may end without having read it.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
    const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
    const ended = Promise.all([closed, text(child.stdout), text(child.stderr)]).then(([code, stdout, stderr]) => ({
      code,
      stdout,
      stderr,
    }));
    return { child, ended };
  }

  run(operands: readonly string[], input?: string): Promise<Ended> {
    return this.start(operands, input).ended;
  }

  /** Runs what must end well and quietly, and reads its answer. */
  async read<Answer>(operands: readonly string[], input?: string): Promise<Answer> {
    const { code, stdout, stderr } = await this.run(operands, input);
    if (code !== 0) throw new Error(`${operands.join(" ")} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout) as Answer;
  }
}
