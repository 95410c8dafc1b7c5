import type { FastifyInstance } from "fastify";

export interface HealthRouteOptions {
  /** Rejects when the database does not answer. */
  readonly pingDatabase: () => Promise<void>;
  readonly isStopping: () => boolean;
}

/** `/health/live`: the process runs. `/health/ready`: it can do its work, so send it requests. */
export function healthRoute(server: FastifyInstance, { pingDatabase, isStopping }: HealthRouteOptions): void {
  server.get("/health/live", async () => ({ status: "up" }));

  server.get("/health/ready", async (request, reply) => {
    const database = await pingDatabase().then(
      () => "up",
      (error: unknown) => {
        request.log.warn({ err: error }, "the database does not answer");
        return "down";
      },
    );
    const ready = database === "up" && !isStopping();
    reply.code(ready ? 200 : 503).header("cache-control", "no-store");
    return { status: ready ? "up" : "down", checks: { database, process: isStopping() ? "stopping" : "up" } };
  });
}
