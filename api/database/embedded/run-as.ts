import { readFileSync, type Stats } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { EmbeddedPostgresError, OWN_SERVER } from "./embedded-postgres-error.js";

/** The user that PostgreSQL runs as. Absent where that is simply the user of this process. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

export const isRoot = (): boolean => process.getuid?.() === 0;

/** PostgreSQL refuses to run as root, so root hands it to an account that is there; none is ever created. */
export function unprivilegedAccount(): Account {
  const accounts = readAccounts();
  const found =
    accounts.find(({ name }) => name === "postgres" || name === "_postgres") ??
    accounts.find(({ name }) => name === "nobody");
  if (found) return found;
  throw new EmbeddedPostgresError(
    `PostgreSQL does not run as root, and there is neither a user "postgres" nor "nobody" to run it as. ` +
      `Start Latchkey as an ordinary user, or ${OWN_SERVER}.`,
  );
}

export function accountOf({ uid, gid }: Pick<Stats, "uid" | "gid">): Account {
  return { name: readAccounts().find((account) => account.uid === uid)?.name ?? `uid ${uid}`, uid, gid };
}

/** Whether the account can reach a directory. Child processes drop supplementary groups, so these bits decide. */
export async function mayEnter(directory: string, account: Account): Promise<boolean> {
  if (!admits(await stat(directory), account)) return false;
  const parent = dirname(directory);
  return parent === directory || mayEnter(parent, account);
}

export function admits({ uid, gid, mode }: Pick<Stats, "uid" | "gid" | "mode">, account: Account): boolean {
  if (uid === account.uid) return (mode & 0o100) !== 0;
  if (gid === account.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

function readAccounts(): Account[] {
  return readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .filter(([name, , uid]) => name && !name.startsWith("#") && uid)
    .map(([name = "", , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}
