import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as esm from "@latchkey/sdk";
import { expect } from "expect";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const run = promisify(execFile);

async function filesIn(folder: string, ending: string): Promise<string[]> {
  const names = await readdir(join(root, folder), { recursive: true });
  return names.filter((name) => name.endsWith(ending)).map((name) => join(root, folder, name));
}

/** What stands in `from "x"`, `import "x"`, `import("x")` and `require("x")`. */
const SPECIFIER = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\(\s*)["']([^"']+)["']/g;

async function importedBy(files: readonly string[]): Promise<string[]> {
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  return texts.flatMap((text) => [...text.matchAll(SPECIFIER)].map(([, specifier = ""]) => specifier));
}

/** Files of types, and those that they name, and so on. */
async function reachedFrom(types: readonly string[]): Promise<Set<string>> {
  const reached = new Set<string>(types);
  for (const file of reached) {
    for (const specifier of await importedBy([join(root, "sdk", file)])) {
      if (specifier.startsWith(".")) reached.add(join(file, "..", specifier.replace(/\.js$/, ".d.ts")));
    }
  }
  return reached;
}

describe("the SDK's package", () => {
  let manifest: { exports: Record<string, unknown>; main: string; types: string };
  let packed: string[];

  before(async () => {
    manifest = JSON.parse(await readFile(join(root, "sdk/package.json"), "utf8")) as typeof manifest;
    const { stdout } = await run("npm", ["pack", "--dry-run", "--json"], { cwd: join(root, "sdk") });
    const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
    packed = files.map(({ path }) => path);
  });

  it("depends on nothing", () => {
    expect(Object.keys(manifest).filter((key) => /dependencies$/i.test(key))).toEqual([]);
    expect(Object.keys(manifest).filter((key) => key === "scripts")).toEqual([]);
  });

  it("imports nothing but itself, in both builds; types may name the framework that they are for", async () => {
    const programs = [...(await filesIn("sdk/dist", ".js")), ...(await filesIn("sdk/commonjs/dist", ".js"))];
    const types = [
      ...(await filesIn("sdk/src", ".ts")),
      ...(await filesIn("sdk/dist", ".d.ts")),
      ...(await filesIn("sdk/commonjs/dist", ".d.ts")),
    ];
    const files = [...programs, ...types];
    for (const file of files) {
      const own = /^(fastify|hono)(?:\.d)?\.ts$/.exec(basename(file))?.[1];
      const foreign = (await importedBy([file])).filter((specifier) => !specifier.startsWith(".") && specifier !== own);
      expect([file, foreign]).toEqual([file, []]);
    }
    expect((await importedBy(programs)).length).toBeGreaterThan(100);
    const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
    expect(
      texts.filter((text) => /\/\/\/\s*<reference|\bprocess\.|\bBuffer\b|\brequire\(["']node:/.test(text)),
    ).toEqual([]);
  });

  it("packs every file that its manifest names", () => {
    const targets = [...JSON.stringify(manifest).matchAll(/"\.\/([^"]+\.(?:js|d\.ts|json))"/g)].map(([, path]) => path);
    expect(targets.length).toBeGreaterThanOrEqual(22);
    expect(packed).toEqual(expect.arrayContaining([...targets, "README.md", "LICENSE", "commonjs/package.json"]));
  });

  it("packs what the source compiles to and the types that can be reached, and nothing else", async () => {
    const sources = (await filesIn("sdk/src", ".ts")).map((file) => file.slice(join(root, "sdk/src/").length, -3));
    const compiled = sources.flatMap((source) => [`dist/${source}.js`, `commonjs/dist/${source}.js`]);
    const subpaths = ["express", "fastify", "hono"];
    const types = await reachedFrom([
      ...subpaths.map((name) => `dist/${name}.d.ts`),
      ...["index", ...subpaths].map((name) => `commonjs/dist/${name}.d.ts`),
    ]);
    const written = ["package.json", "commonjs/package.json", "types/index.d.ts", "README.md", "LICENSE"];
    expect(packed.sort()).toEqual([...compiled, ...types, ...written].sort());
  });

  it("can be imported by name and required, with the same exports", () => {
    const commonjs = createRequire(import.meta.url)("@latchkey/sdk") as typeof esm;
    expect(Object.keys(esm).sort()).toEqual(["Latchkey", "SdkError", "createVerifier", "verifyAuditChain"]);
    expect(Object.keys(commonjs).sort()).toEqual(["Latchkey", "SdkError", "createVerifier", "verifyAuditChain"]);
    expect(commonjs.Latchkey).not.toBe(esm.Latchkey);
    expect(new commonjs.Latchkey({ url: "http://localhost" }).keys).toBeDefined();
    expect(new commonjs.SdkError("TIMEOUT", "Late.")).toMatchObject({ name: "SdkError", code: "TIMEOUT" });
  });

  it("shows none of the generator's helpers", async () => {
    const types = await readFile(join(root, "sdk/dist/generated/operations.d.ts"), "utf8");
    expect(types).toContain("export type CreateApiKeyInput");
    expect(types).not.toMatch(/Incremental|export type Exact/);
  });

  const uses = `
    const latchkey = new Latchkey({ url: "http://localhost", credential: undefined });
    const groupIds: readonly string[] = ["1"];
    const input: CreateApiKeyInput = { name: "a", groupIds, metadata: { plan: "gold" } };
    export const secret: Promise<string> = latchkey.keys.create(input).then(({ secret }) => secret);
    export async function names(): Promise<string[]> {
      const found: string[] = [];
      for await (const key of latchkey.keys.all({ filter: { status: "ACTIVE" } })) found.push(key.name);
      return found;
    }
    export async function priority(credential: string): Promise<number | undefined> {
      const verdict = await latchkey.verify({ credential, address: undefined });
      return verdict.valid ? verdict.client?.priority : undefined;
    }
    export const isConflict = (error: unknown) => error instanceof SdkError && error.code === "CONFLICT";
    // @ts-expect-error -- there is no such status
    void latchkey.clients.setStatus({ clientId: "a", status: "ON" });
    // @ts-expect-error -- the name is missing
    void latchkey.keys.create({});
    const own = "query ($id: ID!) { client(id: $id) { name } }" as Document<{ client: { name: string } }, { id: string }>;
    export const named: Promise<string> = latchkey.request(own, { id: "1" }).then(({ client }) => client.name);
  `;
  const names = "CreateApiKeyInput, Document";
  const consumers = [
    {
      kind: "an ES module in Node",
      file: "consumer.mts",
      code: `import { Latchkey, SdkError, type ${names.replace(", ", ", type ")} } from "@latchkey/sdk";${uses}`,
      environment: { lib: ["es2023"], types: ["node"] },
    },
    {
      kind: "CommonJS in a browser's bundle",
      file: "consumer.cts",
      code: `import sdk = require("@latchkey/sdk");
        import type { ${names} } from "@latchkey/sdk";
        const { Latchkey, SdkError } = sdk;${uses}`,
      environment: { lib: ["es2022", "dom", "dom.asynciterable"], types: [] },
    },
  ];
  for (const { kind, file, code, environment } of consumers) {
    it(`type-checks strictly in ${kind}`, async () => {
      // Below the project, so that the package is found as an installed one is.
      await mkdir(join(root, "dist/consumers"), { recursive: true });
      const directory = await mkdtemp(join(root, "dist/consumers/"));
      try {
        await writeFile(join(directory, file), code);
        const compilerOptions = {
          target: "es2022",
          module: "nodenext",
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          skipLibCheck: false,
          noEmit: true,
          ...environment,
        };
        await writeFile(join(directory, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [file] }));
        const compiler = join(root, "node_modules/typescript/lib/tsc.js");
        const checked = run(process.execPath, [compiler, "--noEmit", "-p", directory], { cwd: directory });
        const complaints = await checked.then(
          ({ stdout }) => stdout,
          ({ stdout }: { stdout: string }) => stdout,
        );
        expect(complaints).toBe("");
      } finally {
        await rm(directory, { recursive: true });
      }
    });
  }
});
