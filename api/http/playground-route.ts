import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

/**
 * The page runs what it brings along and talks to this server only. Inline styles are allowed
 * because the editor positions its lines with them; scripts never are.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const NOT_BUILT = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Latchkey</title></head>
  <body>
    <h1>The playground was not built</h1>
    <p>Run <code>npm run build</code> and reload this page. The API itself is at <code>/graphql</code>.</p>
  </body>
</html>
`;

/** Serves the playground at `/`, and at `/reset-password` the form of its links. Its files are named by their content, so only the page itself is asked for again. */
export function playgroundRoute(server: FastifyInstance, { directory }: { directory: string }): void {
  server.register(async (scope) => {
    scope.addHook("onRequest", async (_request, reply) => {
      reply.headers({
        "content-security-policy": CONTENT_SECURITY_POLICY,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
      });
    });

    if (!existsSync(join(directory, "index.html"))) {
      scope.get("/", async (_request, reply) => {
        return reply.type("text/html; charset=utf-8").header("cache-control", "no-cache").send(NOT_BUILT);
      });
      return;
    }

    await scope.register(fastifyStatic, {
      root: join(directory, "assets"),
      prefix: "/playground/",
      index: false,
      preCompressed: true,
      immutable: true,
      maxAge: "365d",
    });
    for (const page of ["/", "/reset-password"]) {
      scope.get(page, async (_request, reply) => {
        reply.header("cache-control", "no-cache");
        return reply.sendFile("index.html", directory, { cacheControl: false });
      });
    }
  });
}
