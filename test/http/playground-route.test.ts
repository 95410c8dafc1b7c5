import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import fastify from "fastify";
import { playgroundRoute } from "../../api/http/playground-route.js";

describe("the playground's route", () => {
  let directory: string;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "playground-"));
    await mkdir(join(directory, "assets"));
    await writeFile(join(directory, "index.html"), "<title>Latchkey playground</title>");
    await writeFile(join(directory, "assets/main-ABCDEFGH.js"), "export {};");
  });

  after(async () => {
    await rm(directory, { recursive: true });
  });

  async function get(url: string, from = directory) {
    const server = fastify();
    playgroundRoute(server, { directory: from });
    return server.inject({ url });
  }

  it("serves the page, to be asked for again each time", async () => {
    const response = await get("/");
    expect(response.statusCode).toBe(200);
    expect(response.body).toContain("Latchkey playground");
    expect(response.headers).toMatchObject({
      "content-type": expect.stringContaining("text/html"),
      "cache-control": "no-cache",
    });
  });

  it("serves its files, to be kept for good", async () => {
    const response = await get("/playground/main-ABCDEFGH.js");
    expect(response.statusCode).toBe(200);
    expect(response.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  });

  it("lets the page load from this server only and be framed by nobody", async () => {
    for (const url of ["/", "/playground/main-ABCDEFGH.js", "/playground/absent.js"]) {
      const { headers } = await get(url);
      expect(headers["content-security-policy"]).toMatch(/^default-src 'self'; /);
      expect(headers["content-security-policy"]).not.toContain("http");
      expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
      });
    }
  });

  it("serves nothing from outside its directory", async () => {
    const response = await get("/playground/..%2findex.html");
    expect(response.body).not.toContain("Latchkey playground");
  });

  it("says how to build the page when it was not built", async () => {
    const response = await get("/", join(directory, "absent"));
    expect(response.statusCode).toBe(200);
    expect(response.body).toContain("npm run build");
  });
});
