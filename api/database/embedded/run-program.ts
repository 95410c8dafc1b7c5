import { execFile, type SpawnOptions } from "node:child_process";
import type { Account } from "./run-as.js";

/** Nothing of the caller's environment reaches PostgreSQL: PGPORT, PGDATA or a locale there would change what it does. */
const CHILD_ENVIRONMENT = { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C" };

export function childOptions(account: Account | undefined, cwd: string) {
  return {
    cwd,
    env: CHILD_ENVIRONMENT,
    windowsHide: true,
    ...(account && { uid: account.uid, gid: account.gid }),
  } satisfies SpawnOptions;
}

export interface Outcome {
  readonly succeeded: boolean;
  readonly output: string;
}

/** Runs a program to its end. A failure is an answer, since the caller knows what it means. */
export function runProgram(file: string, args: readonly string[], account?: Account, cwd = "/"): Promise<Outcome> {
  return new Promise((resolve) => {
    try {
      execFile(file, args, { ...childOptions(account, cwd), timeout: 300_000 }, (error, stdout, stderr) => {
        const output = `${stdout}${stderr}`;
        resolve({ succeeded: !error, output: output.trim() === "" && error ? error.message : output });
      });
    } catch (error) {
      resolve({ succeeded: false, output: String(error) });
    }
  });
}
