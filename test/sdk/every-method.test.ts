import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";

const tests = fileURLToPath(new URL("../../../test/", import.meta.url));

/** Private in TypeScript only. */
const INNER = new Set(["graphql", "verification"]);

function methodsOf(object: object): string[] {
  return Object.getOwnPropertyNames(Object.getPrototypeOf(object)).filter((name) => name !== "constructor");
}

describe("the SDK's methods", () => {
  it("are each called by a test", async () => {
    const names = (await readdir(tests, { recursive: true })).filter((name) => name.endsWith(".ts"));
    const text = (await Promise.all(names.map((name) => readFile(join(tests, name), "utf8")))).join("\n");
    const latchkey = new Latchkey({ url: "http://localhost" });
    const facades = Object.entries(latchkey).filter(([name]) => !INNER.has(name));
    const methods = [
      ...methodsOf(latchkey).map((method) => `.${method}`),
      ...facades.flatMap(([name, facade]) => methodsOf(facade as object).map((method) => `${name}.${method}`)),
    ];
    expect(methods.length).toBeGreaterThan(60);
    const uncalled = methods.filter((path) => !text.includes(`${path}(`));
    expect(uncalled).toEqual([]);
  });
});
