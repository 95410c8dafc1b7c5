import type { FastifyInstance } from "fastify";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { RequestDurations } from "./request-durations.js";

export interface Metrics {
  readonly registry: Registry;
  readonly durations: RequestDurations;
  countVerdict(code: string): void;
  countAnomaly(kind: string): void;
  countDelivery(outcome: string): void;
  noteBatch(size: number): void;
  noteDroppedCalls(count: number): void;
  noteAcknowledgement(tookMs: number): void;
}

export interface MetricsOptions {
  readonly leaseLeftMs: () => number;
  readonly cachedCredentials: () => number;
}

export function createMetrics({ leaseLeftMs, cachedCredentials }: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const durations = new RequestDurations();
  registry.registerMetric(durations as unknown as Histogram);

  // Counted in a map of our own: the library's counter would cost as much as a check.
  const verdicts = new Map<string, number>();
  new Counter({
    name: "latchkey_verdicts_total",
    help: "Verdicts by code.",
    labelNames: ["code"],
    registers,
    collect() {
      this.reset();
      for (const [code, count] of verdicts) this.inc({ code }, count);
    },
  });
  new Gauge({
    name: "latchkey_lease_left_seconds",
    help: "How long this node may go on answering verdicts without the database; 0: it may not.",
    registers,
    collect() {
      this.set(Math.max(0, leaseLeftMs()) / 1_000);
    },
  });
  new Gauge({
    name: "latchkey_cached_credentials",
    help: "Credentials in memory.",
    registers,
    collect() {
      this.set(cachedCredentials());
    },
  });
  const droppedCalls = new Counter({
    name: "latchkey_recent_calls_dropped_total",
    help: "Calls that were judged and counted, but not kept among the recent ones: there were more than could be written.",
    registers,
  });
  const anomalies = new Counter({
    name: "latchkey_anomalies_total",
    help: "Unusual uses of keys and tokens that this node has found, by kind.",
    labelNames: ["kind"],
    registers,
  });
  const deliveries = new Counter({
    name: "latchkey_webhook_attempts_total",
    help: "Attempts of this node to tell a webhook of something: delivered, retried later, or failed for good.",
    labelNames: ["outcome"],
    registers,
  });
  const batches = new Histogram({
    name: "latchkey_metering_batch_calls",
    help: "Metered calls that shared one statement.",
    buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000],
    registers,
  });
  const acknowledgements = new Histogram({
    name: "latchkey_acknowledgement_seconds",
    help: "Time until every node was bound by a change.",
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
    registers,
  });
  return {
    registry,
    durations,
    countVerdict: (code) => void verdicts.set(code, (verdicts.get(code) ?? 0) + 1),
    noteDroppedCalls: (count) => droppedCalls.inc(count),
    countAnomaly: (kind) => anomalies.inc({ kind }),
    countDelivery: (outcome) => deliveries.inc({ outcome }),
    noteBatch: (size) => batches.observe(size),
    noteAcknowledgement: (tookMs) => acknowledgements.observe(tookMs / 1_000),
  };
}

/** `GET /metrics` in Prometheus' text format, and the duration of every answer by route. */
export function metricsRoute(server: FastifyInstance, { registry, durations }: Metrics): void {
  server.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "none";
    durations.observe(request.method, route, reply.statusCode, reply.elapsedTime);
  });
  server.get("/metrics", async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}
