import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** What a server writes into its data directory about itself, and removes when it stops. */
export interface PidFile {
  readonly pid: number;
  /** "starting" also stands for a recovery, "ready" comes after its port is bound. */
  readonly status: string;
}

export const pidFileOf = (pgdata: string): string => join(pgdata, "postmaster.pid");

export async function readPidFile(pgdata: string): Promise<PidFile | undefined> {
  const lines = (await readFile(pidFileOf(pgdata), "utf8").catch(() => "")).split("\n");
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, status: lines[7]?.trim() ?? "" };
}
