import { randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EmbeddedPostgresError, OWN_SERVER, systemErrorCode } from "./embedded-postgres-error.js";

/** A password at all, since any user of this machine could connect to a server that trusts 127.0.0.1. */
export async function keepPassword(dataDir: string, existingData: string | undefined): Promise<string> {
  const file = join(dataDir, "postgres-password");
  const kept = await readFile(file, "utf8").catch((error: unknown) => {
    if (systemErrorCode(error) === "ENOENT") return "";
    throw error;
  });
  if (kept.trim()) return kept.trim();
  if (existingData) {
    throw new EmbeddedPostgresError(
      `${file} is missing, and without this password the database in ${existingData} cannot be opened. ` +
        `Put the file back from a backup, move the database away to begin with an empty one, or ${OWN_SERVER}.`,
    );
  }
  const password = randomBytes(24).toString("base64url");
  await writeFile(`${file}.draft`, password, { mode: 0o600, flush: true });
  await rename(`${file}.draft`, file);
  return password;
}
