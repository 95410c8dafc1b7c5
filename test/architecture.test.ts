import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { expect } from "expect";

const root = fileURLToPath(new URL("../../", import.meta.url));

interface Import {
  readonly from: string;
  /** A path from the root for what is ours, else the package or `node:` module. */
  readonly to: string;
  readonly typeOnly: boolean;
}

/** What stands in `import ... from "x"`, `export ... from "x"`, `import "x"` and `import("x")`. */
const IMPORT = /(?:^|\n)\s*(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"|\bimport\(\s*"([^"]+)"/g;

async function importsOf(file: string): Promise<Import[]> {
  const text = await readFile(join(root, file), "utf8");
  return [...text.matchAll(IMPORT)].map(([, type, written = "", dynamic]) => ({
    from: file,
    to: target(file, dynamic ?? written),
    typeOnly: type !== undefined,
  }));
}

function target(from: string, specifier: string): string {
  if (!specifier.startsWith(".")) return specifier;
  return posix(relative(root, resolve(root, dirname(from), specifier.replace(/\.js$/, ".ts"))));
}

async function sourcesIn(folder: string): Promise<string[]> {
  const names = await readdir(join(root, folder), { recursive: true });
  const paths = names.map((name) => posix(join(folder, name)));
  return paths.filter((path) => /\.tsx?$/.test(path) && !/node_modules|\/dist\/|\.d\.ts$/.test(path));
}

function posix(path: string): string {
  return path.split(sep).join("/");
}

/** Folders of api that serve the domains; every other folder is a domain. */
const SERVING = [
  "access",
  "conditions",
  "config",
  "database",
  "graphql",
  "http",
  "idempotency",
  "nodes",
  "playground",
  "secrets",
  "verification",
];
const isDomain = (path: string): boolean => {
  const folder = /^api\/([^/]+)\//.exec(path)?.[1];
  return folder !== undefined && !SERVING.includes(folder);
};
const isOurs = (path: string): boolean => /^(?:api|sdk|migrations|test)\//.test(path);
const within =
  (...allowed: string[]) =>
  (path: string) =>
    allowed.some((each) => path.startsWith(each));

describe("the architecture", () => {
  let imports: readonly Import[];

  before(async () => {
    const files = (await Promise.all(["api", "sdk/src", "sdk/command-line", "migrations"].map(sourcesIn))).flat();
    imports = (await Promise.all(files.map(importsOf))).flat();
  });

  /** Imports of the files that a rule is about which the rule does not allow. */
  function offences(about: (file: string) => boolean, allowed: (to: string) => boolean): string[] {
    return imports.filter(({ from, to }) => about(from) && !allowed(to)).map(({ from, to }) => `${from} -> ${to}`);
  }

  it("reads imports of every kind", () => {
    expect(imports.some(({ to }) => to === "reflect-metadata")).toBe(true);
    expect(imports.some(({ from, to }) => from === "api/main.ts" && to === "api/app.ts")).toBe(true);
    expect(imports.some(({ to }) => to === "esbuild")).toBe(true);
  });

  it("lets only main start the app, and only app put the parts together", () => {
    expect(imports.filter(({ to }) => to === "api/app.ts").map(({ from }) => from)).toEqual(["api/main.ts"]);
    expect(imports.filter(({ to }) => to === "api/main.ts").map(({ from }) => from)).toEqual(["api/dev.ts"]);
  });

  it("keeps verification free of GraphQL, TypeORM, HTTP and the domains", () => {
    const ours = ["api/verification/", "api/conditions/", "api/secrets/", "api/nodes/"];
    const allowed = within("node:", ...ours, "pg", "lru-cache");
    expect(offences(within("api/verification/"), allowed)).toEqual([]);
  });

  it("keeps nodes free of all that they serve: they tell what has changed, and others know what that means to them", () => {
    const allowed = within("node:", "api/nodes/", "pg");
    // A scheduled job, as the domains have them.
    const isJob = (file: string) => file === "api/nodes/sweep-nodes.ts";
    expect(offences((file) => within("api/nodes/")(file) && !isJob(file), allowed)).toEqual([]);
  });

  it("keeps conditions pure: what domains write and verification reads is judged in one place", () => {
    const allowed = within("node:net", "temporal-polyfill", "ipaddr.js", "api/conditions/");
    expect(offences(within("api/conditions/"), allowed)).toEqual([]);
  });

  it("keeps secrets pure: they know nothing of ours", () => {
    expect(offences(within("api/secrets/"), within("node:", "argon2", "p-limit", "api/secrets/"))).toEqual([]);
  });

  it("lets config and errors know nothing of ours", () => {
    const own = within("api/config/", "api/errors.ts");
    expect(offences(own, (to) => !isOurs(to) || to.startsWith("api/config/"))).toEqual([]);
  });

  it("lets services know entities, database, secrets, audit, access and errors, but neither GraphQL nor HTTP", () => {
    const isService = (path: string) => isDomain(path) && path.endsWith(".service.ts");
    expect(
      offences(
        isService,
        (to) => !within("api/graphql/", "api/http/", "api/verification/", "type-graphql", "fastify", "graphql")(to),
      ),
    ).toEqual([]);
    expect(offences(isService, (to) => !to.endsWith(".resolver.ts"))).toEqual([]);
  });

  it("lets resolvers know services, types, loaders, graphql and access, but no database", () => {
    const isResolver = (path: string) => path.endsWith(".resolver.ts");
    expect(offences(isResolver, (to) => !/^(?:typeorm|pg|fastify)$|^api\/(?:http|secrets)\//.test(to))).toEqual([]);
  });

  it("lets HTTP routes know no domain but the protocol of OAuth, and no database driver", () => {
    const isDriver = (to: string) => /^(?:typeorm|pg|type-graphql)$/.test(to);
    const mayKnow = (to: string) => !isDriver(to) && (!isDomain(to) || to.startsWith("api/oauth/"));
    expect(offences(within("api/http/"), mayKnow)).toEqual([]);
  });

  it("lets the protocol of OAuth know tokens, scopes and users, but neither GraphQL nor HTTP", () => {
    const serving = [
      "api/access/",
      "api/audit/",
      "api/database/",
      "api/errors.ts",
      "api/secrets/",
      "api/verification/",
    ];
    const domains = ["api/oauth/", "api/scopes/", "api/tokens/", "api/users/"];
    expect(offences(within("api/oauth/"), within("node:", "typeorm", ...serving, ...domains))).toEqual([]);
  });

  it("lets the SDK know only itself, and nothing of the server", () => {
    const foreign = imports.filter(({ from, to }) => within("sdk/src/")(from) && !within("sdk/src/")(to));
    // The types of the frameworks that its middleware is for; nothing is loaded.
    expect(foreign).toEqual(
      ["fastify", "hono"].map((framework) => ({ from: `sdk/src/${framework}.ts`, to: framework, typeOnly: true })),
    );
    expect(
      imports
        .filter(({ to }) => to.startsWith("sdk/") || to === "@latchkey/sdk")
        .map(({ from }) => from)
        // The playground's page and the demo are users of the SDK like any other.
        .filter((from) => !within("sdk/", "api/playground/page/", "api/demo/")(from)),
    ).toEqual([]);
  });

  it("lets the command line know the SDK as any user of it does, and nothing of the server", () => {
    const libraries = ["commander", "console-table-printer", "cli-progress", "csv-parse/sync", "read"];
    const allowed = within("node:", "sdk/command-line/", "@latchkey/sdk", ...libraries);
    expect(offences(within("sdk/command-line/"), allowed)).toEqual([]);
  });

  it("lets migrations know only TypeORM's types, so that a later change of code never changes what they did", () => {
    expect(offences(within("migrations/"), (to) => to === "typeorm")).toEqual([]);
  });

  it("has no cycle between files that load each other", () => {
    const graph = new Map<string, string[]>();
    for (const { from, to, typeOnly } of imports) {
      if (!typeOnly && isOurs(to)) graph.set(from, [...(graph.get(from) ?? []), to]);
    }
    expect(cyclesIn(graph)).toEqual([]);
  });

  it("reads the environment in main only", async () => {
    const readers: string[] = [];
    for (const file of [...(await sourcesIn("api")), ...(await sourcesIn("sdk/command-line"))]) {
      if (/process\s*\.\s*env|process\[/.test(await readFile(join(root, file), "utf8"))) readers.push(file);
    }
    // The page's build sets the name for the bundler, and samples are texts of programs that read it elsewhere.
    const writers = ["api/playground/build.ts", "api/keys/samples/write-samples.ts"];
    expect(readers.filter((file) => !writers.includes(file))).toEqual(["api/main.ts", "sdk/command-line/main.ts"]);
  });
});

/** Depth first: a file met again while it is still open closes a cycle. */
function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, open: readonly string[]): void => {
    if (open.includes(file)) cycles.push([...open.slice(open.indexOf(file)), file].join(" -> "));
    if (done.has(file) || open.includes(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...open, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return cycles;
}
