import { randomBytes } from "node:crypto";
import { chmod, constants, cp, readdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import type { BinarySource } from "./find-binaries.js";
import type { Account } from "./run-as.js";
import { runProgram } from "./run-program.js";

export interface Binaries {
  readonly bin: string;
  readonly from: "package" | "copy" | "system";
  readonly version: string;
  readonly major: number;
}

/**
 * Makes binaries run as the given account, or says why they do not. npm drops symbolic links and may drop
 * run bits; both are restored in place, and where that is not possible or not enough, in a copy in `cacheDir`.
 */
export async function prepareBinaries(
  source: BinarySource,
  cacheDir: string,
  account: Account | undefined,
): Promise<Binaries | { readonly failure: string }> {
  if (source.kind === "system") return probe({ bin: source.bin, from: "system" }, account);

  await restore(source.native).catch(() => undefined);
  const inPlace = await probe({ bin: join(source.native, "bin"), from: "package" }, account);
  if (!("failure" in inPlace)) return inPlace;

  const copy = join(cacheDir, `binaries-${source.version}`);
  const copied = { bin: join(copy, "bin"), from: "copy" } as const;
  const cached = await probe(copied, account);
  if (!("failure" in cached)) return cached;

  await copyBinaries(source.native, copy);
  return probe(copied, account);
}

/** initdb loads more libraries than the server, so both are asked. */
async function probe(
  { bin, from }: Pick<Binaries, "bin" | "from">,
  account: Account | undefined,
): Promise<Binaries | { readonly failure: string }> {
  const outcomes = await Promise.all(
    ["initdb", "postgres"].map((name) => runProgram(join(bin, name), ["--version"], account)),
  );
  const failed = outcomes.find(({ succeeded }) => !succeeded);
  if (failed) return { failure: failed.output.trim() };

  const version = /\(PostgreSQL\) ((\d+)\S*)/.exec(outcomes[1]?.output ?? "");
  if (!version?.[1]) return { failure: `${join(bin, "postgres")} does not tell its version` };
  return { bin, from, version: version[1], major: Number(version[2]) };
}

/** Every step may be done by two processes at once: each link is made aside and moved into its place. */
async function restore(native: string): Promise<void> {
  const listed = await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links = JSON.parse(listed) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(dirname(native), target);
    if (await stat(link).catch(() => undefined)) continue;
    const aside = `${link}.${randomBytes(6).toString("hex")}`;
    await symlink(relative(dirname(target), source), aside);
    await rename(aside, link);
  }

  for (const name of await readdir(join(native, "bin"))) {
    const file = join(native, "bin", name);
    const { mode } = await stat(file);
    if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
  }
}

async function copyBinaries(native: string, copy: string): Promise<void> {
  const aside = `${copy}.${randomBytes(6).toString("hex")}`;
  // The listed links name their files from above the folder "native".
  const copiedNative = join(aside, basename(native));
  await cp(native, copiedNative, {
    recursive: true,
    verbatimSymlinks: true,
    mode: constants.COPYFILE_FICLONE,
    filter: (path) => !path.endsWith(".a") && basename(path) !== "include",
  });
  await openToAll(aside);
  await restore(copiedNative);
  await rm(copy, { recursive: true, force: true });
  await rename(copiedNative, copy);
  await rm(aside, { recursive: true, force: true });
}

async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, (await stat(path)).mode | 0o444);
  }
}
