import { chmod, cp, mkdir, readdir, stat, unlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { describe, it } from "node:test";
import { expect } from "expect";
import { type BinarySource, findBinaries } from "../../api/database/embedded/find-binaries.js";
import { lockDirectory } from "../../api/database/embedded/lock.js";
import { prepareBinaries } from "../../api/database/embedded/prepare-binaries.js";
import { accountOf } from "../../api/database/embedded/run-as.js";
import { asRoot, closedDirectory, nobody, openDirectory } from "./embedded-server.js";

type Packaged = Extract<BinarySource, { kind: "package" }>;

async function packaged(): Promise<Packaged | undefined> {
  for await (const source of findBinaries()) if (source.kind === "package") return source;
  return undefined;
}

/** The package as npm unpacks it when it runs no scripts, and as some archivers leave it. */
async function strippedCopy(source: Packaged, directory: string): Promise<Packaged> {
  const native = join(directory, "package", "native");
  await cp(source.native, native, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith(".a") });
  for (const entry of await readdir(join(native, "lib"), { withFileTypes: true })) {
    if (entry.isSymbolicLink()) await unlink(join(native, "lib", entry.name));
  }
  for (const name of await readdir(join(native, "bin"))) await chmod(join(native, "bin", name), 0o644);
  return { ...source, native };
}

const source = await packaged();
const withPackage = { skip: source ? false : "no binaries of npm for this platform" };
const user = asRoot ? accountOf(nobody) : undefined;

describe("binaries from npm", withPackage, () => {
  it("get their links and run bits back, also from two processes at once", async (t) => {
    const directory = await openDirectory(t);
    const stripped = await strippedCopy(source!, directory);
    const cache = join(directory, "cache");

    const both = await Promise.all([prepareBinaries(stripped, cache, user), prepareBinaries(stripped, cache, user)]);

    for (const found of both) expect(found).toMatchObject({ from: "package", bin: join(stripped.native, "bin") });
    expect((await readdir(join(stripped.native, "lib"))).filter((name) => /\.[0-9a-f]{12}$/.test(name))).toEqual([]);
  });

  it("are copied, once, when they cannot be reached or mended", async (t) => {
    const closed = await closedDirectory(t);
    const cache = await openDirectory(t);
    const stripped = await strippedCopy(source!, closed);
    // Root mends anything, but its PostgreSQL user still cannot enter; anybody else cannot mend what is read-only.
    if (!asRoot) for (const folder of ["bin", "lib"]) await chmod(join(stripped.native, folder), 0o500);
    if (!asRoot) for (const name of ["initdb", "postgres"]) await chmod(join(stripped.native, "bin", name), 0o444);

    const first = await prepareBinaries(stripped, cache, user);
    const copied = await stat(join(cache, `binaries-${stripped.version}`));
    const second = await prepareBinaries(stripped, cache, user);

    expect(first).toMatchObject({ from: "copy" });
    expect(second).toEqual(first);
    expect((await readdir(cache)).map((name) => basename(name))).toEqual([`binaries-${stripped.version}`]);
    expect((await stat(join(cache, `binaries-${stripped.version}`))).ino).toBe(copied.ino);
    for (const folder of ["bin", "lib"]) await chmod(join(stripped.native, folder), 0o700);
  });
});

describe("the lock of a data directory", () => {
  it("is given to one of many that find a dead claim, whoever has its pid now", async (t) => {
    const dataDir = await openDirectory(t);
    const folder = join(dataDir, "lock");
    await mkdir(folder);
    const dead = { pid: process.pid, host: hostname(), address: join(folder, "latchkey-000000000000.socket") };
    await writeFile(join(folder, "7"), JSON.stringify(dead));

    const attempts = await Promise.allSettled(Array.from({ length: 12 }, () => lockDirectory(dataDir)));

    const winners = attempts.filter((attempt) => attempt.status === "fulfilled");
    const losers = attempts.filter((attempt) => attempt.status === "rejected");
    expect(winners).toHaveLength(1);
    for (const { reason } of losers) expect(String(reason)).toContain(`process ${process.pid}`);

    await winners[0]?.value.release();
    await (await lockDirectory(dataDir)).release();
  });

  it("holds in a directory whose path is too long for a socket, and leaves a claim torn by a power cut", async (t) => {
    const dataDir = join(await openDirectory(t), "d".repeat(120));
    await mkdir(join(dataDir, "lock"), { recursive: true });
    await writeFile(join(dataDir, "lock", "1"), "");
    const lock = await lockDirectory(dataDir);

    await expect(lockDirectory(dataDir)).rejects.toThrow(dirname(dataDir));
    await lock.release();
  });
});
