import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createContext, runInContext } from "node:vm";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { build } from "esbuild";
import { expect } from "expect";
import { publint } from "publint";
import { noBrowser, openPage } from "../support/browser.js";
import { startWorld, type World } from "../support/world.js";
import { seedKey } from "./seed.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const run = promisify(execFile);

/** Most of it are types, of which every field is described. */
const PACKED_BYTES_MAX = 90_000;
const SUBPATHS = ["", "/express", "/fastify", "/hono"];
/** What consumers have beside the SDK. */
const BESIDE = ["express", "fastify", "hono", "@types/express", "@types/node"];

describe("the SDK as it is packed", () => {
  let folder: string;
  let tarball: Buffer;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "latchkey-packed-"));
    const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], { cwd: join(root, "sdk") });
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    tarball = await readFile(join(folder, filename));
    await writeFile(join(folder, "package.json"), "{}");
    await run("npm", ["install", join(folder, filename), "--offline", "--no-audit"], { cwd: folder });
    for (const name of BESIDE) {
      const place = join(folder, "node_modules", name);
      await mkdir(join(place, ".."), { recursive: true });
      await symlink(join(root, "node_modules", name), place, "junction");
    }
  });

  after(() => rm(folder, { recursive: true }));

  it("is small", (t) => {
    t.diagnostic(`packed: ${tarball.length} bytes`);
    expect(tarball.length).toBeLessThan(PACKED_BYTES_MAX);
  });

  it("installs without another package", async () => {
    const lock = JSON.parse(await readFile(join(folder, "package-lock.json"), "utf8")) as { packages: object };
    expect(Object.keys(lock.packages)).toEqual(["", "node_modules/@latchkey/sdk"]);
  });

  it("leaves publint nothing to say", async () => {
    const { messages } = await publint({
      pkgDir: join(folder, "node_modules/@latchkey/sdk"),
      pack: false,
      strict: true,
    });
    expect(messages).toEqual([]);
  });

  it("has the right types for every subpath, however it is resolved", async () => {
    const result = await checkPackage(createPackageFromTarballData(tarball));
    if (!result.types) throw new Error("There are no types.");
    expect(Object.keys(result.entrypoints)).toEqual([".", "./express", "./fastify", "./hono", "./package.json"]);
    expect(result.problems).toEqual([]);
  });

  it("is imported and required by Node", async () => {
    const names = JSON.stringify(SUBPATHS.map((subpath) => `@latchkey/sdk${subpath}`));
    const print = `console.log(JSON.stringify(all.map((each) => Object.keys(each).sort())));`;
    await writeFile(
      join(folder, "use.mjs"),
      `const all = await Promise.all(${names}.map((name) => import(name)));${print}`,
    );
    await writeFile(join(folder, "use.cjs"), `const all = ${names}.map((name) => require(name));${print}`);
    const middleware = ["createVerifier", "protect"];
    for (const file of ["use.mjs", "use.cjs"]) {
      const { stdout } = await run(process.execPath, [join(folder, file)]);
      const exported = [
        ["Latchkey", "SdkError", "createVerifier", "verifyAuditChain"],
        middleware,
        middleware,
        middleware,
      ];
      expect([file, JSON.parse(stdout)]).toEqual([file, exported]);
    }
  });

  const uses = `
    const options = { url: "http://localhost", groups: ["orders-read"] } as const;
    const app = express();
    app.use(forExpress(options));
    app.get("/", forExpress({ ...options, cost: (request: express.Request) => Number(request.get("x-cost")) }));
    app.get("/", (request, response) => {
      const name: string | undefined = request.latchkey?.client?.displayName;
      response.send(name);
    });
    const server = fastify();
    server.addHook("onRequest", forFastify(options));
    server.get("/a", { preHandler: forFastify({ ...options, cost: (request) => request.url.length }) }, async (request) => {
      const name: string | undefined = request.latchkey?.client?.displayName;
      return name;
    });
    const hono = new Hono();
    hono.use(forHono({ ...options, address: (c) => c.req.header("x-caller") }));
    hono.get("/:id", forHono(options), (c) => {
      const name: string | undefined = c.get("latchkey").client?.displayName;
      const id: string = c.req.param("id");
      return c.text(id + String(name));
    });
    const verifier: Verifier = createVerifier({ url: "http://localhost", onUnavailable: ({ code }) => console.log(code) });
    forHono({ verifier, api: false });
    export const latchkey = new Latchkey(options);
    // @ts-expect-error -- there is no way to Latchkey
    forHono({ groups: [] });
    // @ts-expect-error -- a verdict has no such field
    server.get("/b", async (request) => request.latchkey?.key);
  `;
  const consumers = {
    "consumer.mts": `
      import { createVerifier, Latchkey, type Verifier } from "@latchkey/sdk";
      import { protect as forExpress } from "@latchkey/sdk/express";
      import { protect as forFastify } from "@latchkey/sdk/fastify";
      import { protect as forHono } from "@latchkey/sdk/hono";
      import express from "express";
      import { fastify } from "fastify";
      import { Hono } from "hono";
      ${uses}`,
    "consumer.cts": `
      import sdk = require("@latchkey/sdk");
      import { type Verifier } from "@latchkey/sdk";
      import { protect as forExpress } from "@latchkey/sdk/express";
      import { protect as forFastify } from "@latchkey/sdk/fastify";
      import { protect as forHono } from "@latchkey/sdk/hono";
      import express = require("express");
      import fastify = require("fastify");
      import { Hono } from "hono";
      const { createVerifier, Latchkey } = sdk;
      ${uses}`,
  };
  for (const [file, code] of Object.entries(consumers)) {
    it(`type-checks strictly with all three frameworks in ${file}`, async () => {
      await writeFile(join(folder, file), code);
      const compilerOptions = {
        target: "es2022",
        lib: ["es2023", "dom", "dom.iterable", "dom.asynciterable"],
        types: ["node"],
        module: "nodenext",
        strict: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
        skipLibCheck: true,
      };
      const project = join(folder, `${file}.json`);
      await writeFile(project, JSON.stringify({ compilerOptions, files: [file] }));
      const checked = run(process.execPath, [join(root, "node_modules/typescript/lib/tsc.js"), "-p", project], {
        cwd: folder,
      });
      const complaints = await checked.catch((error: { stdout: string }) => error);
      expect(complaints.stdout).toBe("");
    });
  }

  describe("in a world", () => {
    let world: World;
    let bundle: string;

    before(async () => {
      world = await startWorld();
      const code = SUBPATHS.map((subpath) => `export * as sdk${subpath.slice(1)} from "@latchkey/sdk${subpath}";`).join(
        "",
      );
      const { outputFiles, warnings } = await build({
        stdin: { contents: code, resolveDir: folder },
        bundle: true,
        format: "iife",
        globalName: "latchkey",
        platform: "browser",
        minify: true,
        write: false,
      });
      expect(warnings).toEqual([]);
      bundle = outputFiles[0]?.text ?? "";
    });

    after(() => world.stop());

    /** Signs in, makes a key and has it judged, by itself and by middleware. To be run where the bundle was. */
    const story = ({ url, secret }: { url: string; secret: string }) => `
      (async () => {
        const { Latchkey, SdkError, createVerifier } = latchkey.sdk;
        const own = new Latchkey({ url: ${JSON.stringify(url)} });
        await own.signIn(${JSON.stringify(world.admin)});
        const names = [];
        for await (const { userName } of own.users.all()) names.push(userName);
        const verdict = await createVerifier({ url: ${JSON.stringify(url)} }).verify({ credential: ${JSON.stringify(secret)} });
        const refused = await own.regions.create({ code: "no spaces", name: "Nowhere" }).catch((error) => error);
        const given = new AbortController();
        given.abort();
        const late = await own.me(given).catch(({ name }) => name);
        return JSON.stringify([names, verdict.code, refused instanceof SdkError && refused.code, late, typeof latchkey.sdkhono.protect]);
      })()`;
    const told = JSON.stringify([["admin"], "VALID", "INVALID_INPUT", "AbortError", "function"]);

    it("runs in a browser", { skip: noBrowser }, async () => {
      const { secret } = await seedKey(world.latchkey);
      const watched = await openPage(world.url);
      const { page, complaints, foreignRequests } = watched;
      try {
        await page.route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
        await page.goto(`${world.url}/health/live`);
        expect(await page.evaluate(`${bundle}\n${story({ url: world.url, secret })}`)).toBe(told);
        expect(complaints).toEqual([]);
        expect(foreignRequests).toEqual([]);
      } finally {
        await watched.close();
      }
    });

    const runtimes = {
      Bun: ["bun", "run"],
      Deno: ["deno", "run", "--allow-net", "--allow-read", "--allow-env", "--node-modules-dir=manual", "--no-lock"],
    };
    for (const [name, [program = "", ...args]] of Object.entries(runtimes)) {
      it(`runs in ${name}`, async () => {
        const { secret } = await seedKey(world.latchkey);
        const file = join(folder, `in-${program}.mjs`);
        await writeFile(
          file,
          `import * as sdk from "@latchkey/sdk";
          import * as sdkhono from "@latchkey/sdk/hono";
          const latchkey = { sdk, sdkhono };
          const telling = ${story({ url: world.url, secret })};
          console.log(await telling);`,
        );
        // Nothing is looked up elsewhere, nor kept in the home of who runs this.
        const env = { PATH: "/usr/bin:/bin", HOME: folder, DENO_NO_UPDATE_CHECK: "1" };
        const { stdout } = await run(join(root, "node_modules/.bin", program), [...args, file], { cwd: folder, env });
        expect(stdout.trim()).toBe(told);
      });
    }

    it("runs where there is nothing but what edge runtimes have", async () => {
      const { secret } = await seedKey(world.latchkey);
      const edge = createContext({
        fetch,
        URL,
        AbortController,
        TextDecoder,
        crypto,
        setTimeout,
        clearTimeout,
        Response,
      });
      runInContext(bundle, edge);
      expect(await runInContext(story({ url: world.url, secret }), edge)).toBe(told);
      const guarded = `
        latchkey.sdkhono.protect({ url: ${JSON.stringify(world.url)} })({
          env: undefined,
          req: { method: "GET", raw: { url: "https://edge.example.com/orders/7?a=b", headers: [["X-API-Key", "nonsense"]] } },
        })`;
      const refusal = (await runInContext(guarded, edge)) as Response;
      expect([refusal.status, refusal.headers.get("x-latchkey-code")]).toEqual([401, "MALFORMED"]);
    });
  });

  it("documents everything that it exports", async () => {
    const index = await readFile(join(root, "sdk/src/index.ts"), "utf8");
    const subpaths = ["express", "fastify", "hono"].map((name) => `export { protect } from "./${name}.js";`);
    const undocumented: string[] = [];
    let count = 0;
    for (const [, names = "", from = ""] of [index, ...subpaths]
      .join("\n")
      .matchAll(/\{([^}]*)\} from "\.\/([^"]+)\.js"/g)) {
      const source = await readFile(join(root, `sdk/src/${from}.ts`), "utf8");
      for (const name of names.split(",").map((each) => each.replace("type ", "").trim())) {
        if (name === "") continue;
        count++;
        const isDocumented = new RegExp(
          `\\*/\\n(?:export )?(?:async )?(?:class|function|interface|type|const) ${name}\\b`,
        ).test(source);
        if (!isDocumented) undocumented.push(`${from}: ${name}`);
      }
    }
    expect(count).toBeGreaterThan(60);
    expect(undocumented).toEqual([]);
  });

  it("documents every method", async () => {
    const undocumented: string[] = [];
    for (const name of [
      ...(await readdir(join(root, "sdk/src/domains"))).map((each) => `domains/${each}`),
      "latchkey.ts",
    ]) {
      const lines = (await readFile(join(root, "sdk/src", name), "utf8")).split("\n");
      for (const [index, line] of lines.entries()) {
        const method = /^ {2}(?:async )?\*?(\w+)(?:<[^>]*>)?\(/.exec(line)?.[1];
        if (method !== undefined && method !== "constructor" && !lines[index - 1]?.trim().endsWith("*/")) {
          undocumented.push(`${name}: ${method}`);
        }
      }
    }
    expect(undocumented).toEqual([]);
  });
});
