import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { BuildOptions, Metafile } from "esbuild";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const page = join(root, "api/playground/page");
const output = join(root, "dist/playground");
const index = join(output, "index.html");

/** A file that names its content never changes, so browsers may keep it for good. */
const options = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  metafile: true,
  legalComments: "none",
  logLevel: "error",
} satisfies BuildOptions;

async function isFresh(): Promise<boolean> {
  if (!existsSync(index)) return false;
  if (!existsSync(page)) return true;
  const builtAtMs = (await stat(index)).mtimeMs;
  const sources = (await readdir(page, { recursive: true })).map((name) => join(page, name));
  const inputs = [page, ...sources, join(root, "api/playground/build.ts"), join(root, "package-lock.json")];
  const changedAtMs = await Promise.all(inputs.map(async (input) => (await stat(input)).mtimeMs));
  return Math.max(...changedAtMs) <= builtAtMs;
}

async function build(directory: string): Promise<void> {
  const esbuild = await import("esbuild");
  const outdir = join(directory, "assets");
  const parts = await esbuild.build({
    ...options,
    outdir,
    entryPoints: {
      editor: "monaco-editor/esm/vs/editor/editor.worker.js",
      json: "monaco-editor/esm/vs/language/json/json.worker.js",
      graphql: "monaco-graphql/esm/graphql.worker.js",
      style: join(page, "style.css"),
      icon: join(page, "icon.svg"),
    },
    loader: { ".svg": "copy" },
  });
  const workers = {
    editor: fileOf(parts.metafile, "editor", "js"),
    json: fileOf(parts.metafile, "json", "js"),
    graphql: fileOf(parts.metafile, "graphql", "js"),
  };
  const main = await esbuild.build({
    ...options,
    outdir,
    entryPoints: [join(page, "main.tsx")],
    splitting: true,
    // The editor's scripts ask for styles that style.css already holds.
    loader: { ".css": "empty" },
    define: { "process.env.NODE_ENV": '"production"', WORKER_FILES: JSON.stringify(workers) },
  });
  const html = await readFile(join(page, "index.html"), "utf8");
  const finished = html
    .replace("{{icon}}", fileOf(parts.metafile, "icon", "svg"))
    .replace("{{style}}", fileOf(parts.metafile, "style", "css"))
    .replace("{{script}}", fileOf(main.metafile, "main", "js"));
  await compressFiles(outdir);
  await writeFile(join(directory, "index.html"), finished);
}

function fileOf(metafile: Metafile, name: string, extension: string): string {
  const pattern = new RegExp(`^${name}-[A-Z0-9]{8}\\.${extension}$`);
  const found = Object.keys(metafile.outputs)
    .map((path) => basename(path))
    .find((file) => pattern.test(file));
  if (!found) throw new Error(`The playground's ${name}.${extension} was not built.`);
  return found;
}

/** Lets the server send the editor at a quarter of its size without compressing it on every request. */
async function compressFiles(directory: string): Promise<void> {
  for (const file of await readdir(directory)) {
    const content = await readFile(join(directory, file));
    await writeFile(join(directory, `${file}.gz`), await promisify(gzip)(content));
  }
}

/** Builds beside the old page and swaps, so that a running server never serves half a page. */
async function buildAndSwap(): Promise<void> {
  const fresh = `${output}-${process.pid}`;
  await mkdir(fresh, { recursive: true });
  try {
    await build(fresh);
    await rm(output, { recursive: true, force: true });
    await rename(fresh, output);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

function isInstalled(name: string): boolean {
  try {
    return Boolean(import.meta.resolve(name));
  } catch {
    return false;
  }
}

if (!(await isFresh())) {
  // An installation without development dependencies comes with the page already built.
  if (isInstalled("esbuild") || !existsSync(index)) {
    const startedAtMs = Date.now();
    await buildAndSwap();
    process.stdout.write(`Built the playground in ${((Date.now() - startedAtMs) / 1000).toFixed(1)} s.\n`);
  }
}
