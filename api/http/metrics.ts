import type { FastifyInstance } from "fastify";
import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";
import type { Verdict } from "../verification/verdict.js";

export interface Metrics {
  readonly registry: Registry;
  countVerdict(verdict: Verdict): void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const verdicts = new Counter({
    name: "latchkey_verdicts_total",
    help: "Verdicts by code.",
    labelNames: ["code"],
    registers: [registry],
  });
  return { registry, countVerdict: ({ code }) => verdicts.inc({ code }) };
}

/** `GET /metrics` in Prometheus' text format, and the duration of every answer by route. */
export function metricsRoute(server: FastifyInstance, { registry }: Metrics): void {
  const durations = new Histogram({
    name: "latchkey_http_request_duration_seconds",
    help: "Time to answer, by route as it was declared.",
    labelNames: ["method", "route", "status"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  server.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "none";
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
  });
  server.get("/metrics", async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}
