import { randomBytes } from "node:crypto";
import { chmod, link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const FILE_NAME = "key-ring";

/**
 * The text of the key ring kept in the data directory, made on first start with mode 0600.
 * It is written beside its place and linked into it, so two processes that start at once end with one ring and none
 * ever reads half of it.
 */
export async function readOrMakeKeyRingFile(dataDir: string): Promise<string> {
  const path = join(dataDir, FILE_NAME);
  await mkdir(dataDir, { recursive: true });
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    return await read(path);
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
  }
  try {
    await writeFile(draft, `1:${randomBytes(32).toString("base64")}\n`, { mode: 0o600, flag: "wx" });
    await chmod(draft, 0o600);
    await link(draft, path);
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return read(path);
}

async function read(path: string): Promise<string> {
  return (await readFile(path, "utf8")).trim();
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
