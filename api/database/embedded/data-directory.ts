import { createHash } from "node:crypto";
import { access, chmod, constants, lchown, lstat, mkdir, readdir, readFile, realpath, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { EmbeddedPostgresError, OWN_SERVER, systemErrorCode } from "./embedded-postgres-error.js";
import { type Account, accountOf, admits, isRoot, mayEnter, unprivilegedAccount } from "./run-as.js";

export interface DataDirectory {
  /** The directory that was asked for: lock, password and log are here. */
  readonly path: string;
  /** What PostgreSQL's own user must reach: the same directory, or its fallback. */
  readonly root: string;
  readonly pgdata: string;
  readonly account: Account | undefined;
}

/** Folders that survive a reboot. A temporary directory does not, so it never holds data. */
const DURABLE_FOLDERS = ["/var/lib", "/var/db"];

/** Creates the directory; its parents apart, since a mode given to a recursive mkdir is theirs too. */
export async function createDataDirectory(wanted: string): Promise<string> {
  const path = resolve(wanted);
  await mkdir(dirname(path), { recursive: true });
  await mkdir(path, { mode: 0o700 }).catch(async (error: unknown) => {
    if (systemErrorCode(error) !== "EEXIST" || !(await stat(path)).isDirectory()) throw error;
  });
  await access(path, constants.W_OK | constants.X_OK);
  return realpath(path);
}

/** Decides where the data is and whose. Data that is already there goes before any preference. */
export async function locateData(path: string): Promise<DataDirectory> {
  const here = { path, root: path, pgdata: join(path, "postgres") };
  if (!isRoot()) {
    await refuseForeignData(here.pgdata);
    return { ...here, account: undefined };
  }

  const root = await fallbackFor(path);
  const fallback = { path, root, pgdata: join(root, "postgres") };
  const account = unprivilegedAccount();
  if (await majorVersionOf(here.pgdata)) return { ...here, account: await ownerOf(here.pgdata, account) };
  if (await majorVersionOf(fallback.pgdata)) return { ...fallback, account: await ownerOf(fallback.pgdata, account) };
  if (await openFor(path, account)) return { ...here, account };
  await mkdir(root, { recursive: true });
  await chmod(root, 0o711);
  return { ...fallback, account };
}

export async function majorVersionOf(pgdata: string): Promise<number | undefined> {
  try {
    return Number.parseInt(await readFile(join(pgdata, "PG_VERSION"), "utf8"), 10);
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Named after a hash of the path, so that two directories never share one database. */
async function fallbackFor(path: string): Promise<string> {
  const hash = createHash("sha256").update(path).digest("hex").slice(0, 12);
  for (const folder of DURABLE_FOLDERS) {
    if (await stat(folder).catch(() => undefined)) return join(folder, `latchkey-${hash}`);
  }
  return join(DURABLE_FOLDERS[0]!, `latchkey-${hash}`);
}

/** The last part of the path is Latchkey's own, so it may be opened for passing through, not for reading. */
async function openFor(path: string, account: Account): Promise<boolean> {
  if (!(await mayEnter(dirname(path), account))) return false;
  const { uid, gid, mode } = await stat(path);
  if (admits({ uid, gid, mode }, account)) return true;
  if (uid !== 0) return false;
  await chmod(path, mode | 0o011);
  return true;
}

/** Root runs PostgreSQL as the owner of the data. Data of root itself, say a restored copy, is handed over. */
async function ownerOf(pgdata: string, account: Account): Promise<Account> {
  const found = await stat(pgdata);
  if (found.uid === 0) await handOver(pgdata, account);
  const owner = found.uid === 0 ? account : accountOf(found);
  if (await mayEnter(pgdata, owner)) return owner;
  throw new EmbeddedPostgresError(
    `The data in ${pgdata} belongs to the user "${owner.name}", who cannot enter that directory. ` +
      `Allow that user to pass the directories above it (chmod o+x), or ${OWN_SERVER}.`,
  );
}

export async function handOver(path: string, { uid, gid }: Account): Promise<void> {
  await lchown(path, uid, gid);
  if (!(await lstat(path)).isDirectory()) return;
  for (const name of await readdir(path)) await handOver(join(path, name), { name: "", uid, gid });
}

async function refuseForeignData(pgdata: string): Promise<void> {
  const found = await stat(pgdata).catch(() => undefined);
  const uid = process.getuid?.();
  if (!found || uid === undefined || found.uid === uid) return;
  throw new EmbeddedPostgresError(
    `The data in ${pgdata} belongs to the user "${accountOf(found).name}", not to the one that runs Latchkey. ` +
      `Start Latchkey as that user or as root, choose another DATA_DIR, or ${OWN_SERVER}.`,
  );
}
