import type { FastifyInstance } from "fastify";

export interface HealthRouteOptions {
  /** Whether the database has answered this node within the last second. */
  readonly isDatabaseUp: () => boolean;
  readonly isStopping: () => boolean;
}

/** `/health/live`: the process runs. `/health/ready`: it can do its work, so send it requests. */
export function healthRoute(server: FastifyInstance, { isDatabaseUp, isStopping }: HealthRouteOptions): void {
  server.get("/health/live", async () => ({ status: "up" }));

  server.get("/health/ready", async (_request, reply) => {
    const database = isDatabaseUp() ? "up" : "down";
    const ready = database === "up" && !isStopping();
    reply.code(ready ? 200 : 503).header("cache-control", "no-store");
    return { status: ready ? "up" : "down", checks: { database, process: isStopping() ? "stopping" : "up" } };
  });
}
