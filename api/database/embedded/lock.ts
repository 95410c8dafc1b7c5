import { randomBytes } from "node:crypto";
import { link, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { EmbeddedPostgresError, OWN_SERVER, systemErrorCode } from "./embedded-postgres-error.js";
import { clearAway, showLife, showsLife } from "./sign-of-life.js";

export interface DirectoryLock {
  release(): Promise<void>;
}

interface Claim {
  readonly pid: number;
  readonly host: string;
  readonly address: string;
}

/**
 * Makes this process the only one in the directory. Claims are numbered, and the highest number counts. It is
 * never reused or taken back while it is the highest, so of two processes that find the same dead claim only
 * one can make the next.
 */
export async function lockDirectory(dataDir: string): Promise<DirectoryLock> {
  const folder = join(dataDir, "lock");
  await mkdir(folder, { recursive: true });
  for (;;) {
    const lock = await attempt(dataDir, folder);
    if (lock) return lock;
  }
}

/** Undefined when another process was quicker: what it left decides. */
async function attempt(dataDir: string, folder: string): Promise<DirectoryLock | undefined> {
  const last = Math.max(0, ...(await turns(folder)));
  const holder = await readClaim(join(folder, String(last)));
  if (holder && (await showsLife(holder.address))) throw alreadyInUse(dataDir, holder);

  const sign = await showLife(folder);
  try {
    if (await claimTurn(folder, last + 1, { pid: process.pid, host: hostname(), address: sign.address })) {
      await forgetBefore(folder, last + 1);
      return { release: () => sign.end() };
    }
  } catch (error) {
    await sign.end();
    throw error;
  }
  await sign.end();
  return undefined;
}

async function claimTurn(folder: string, turn: number, claim: Claim): Promise<boolean> {
  const draft = join(folder, `${randomBytes(6).toString("hex")}.draft`);
  const file = join(folder, String(turn));
  try {
    await writeFile(draft, JSON.stringify(claim));
    // Linked when complete: nobody reads half a claim, and a number is given once.
    await link(draft, file);
  } catch (error) {
    if (systemErrorCode(error) === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
  // The holder of a higher number may have removed this one before, as a dead one.
  if (Math.max(...(await turns(folder))) === turn) return true;
  await rm(file, { force: true });
  return false;
}

async function turns(folder: string): Promise<number[]> {
  return (await readdir(folder)).filter((name) => /^\d+$/.test(name)).map(Number);
}

/** A claim that cannot be read was cut off with the power, and its process with it. */
async function readClaim(file: string): Promise<Claim | undefined> {
  try {
    const claim = JSON.parse(await readFile(file, "utf8")) as Claim;
    return typeof claim.address === "string" ? claim : undefined;
  } catch (error) {
    if (systemErrorCode(error) === "EACCES") throw error;
    return undefined;
  }
}

async function forgetBefore(folder: string, turn: number): Promise<void> {
  for (const dead of (await turns(folder)).filter((other) => other < turn)) {
    const file = join(folder, String(dead));
    const claim = await readClaim(file);
    if (claim && process.platform !== "win32") await clearAway(claim.address);
    await rm(file, { force: true });
  }
}

function alreadyInUse(dataDir: string, { pid, host }: Claim): EmbeddedPostgresError {
  const where = host === hostname() ? "" : ` on ${host}`;
  return new EmbeddedPostgresError(
    `The data directory ${dataDir} is in use by another Latchkey, process ${pid}${where}. ` +
      `Stop that one first, give this one another DATA_DIR, or ${OWN_SERVER} that both can share.`,
  );
}
