import type { MetricType, MetricValue } from "prom-client";

const NAME = "latchkey_http_request_duration_seconds";
const BOUNDS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

interface Series {
  readonly labels: { readonly method: string; readonly route: string; readonly status: number };
  /** By the smallest bound that holds them; beyond the last bound they stand in the count alone. */
  readonly buckets: number[];
  count: number;
  sumSeconds: number;
}

/**
 * A histogram for Prometheus, of the time to each answer. The library's own hashes its labels at every observation, which
 * costs a tenth of a verdict; this one looks them up.
 */
export class RequestDurations {
  readonly name = NAME;
  /** Most observations are of the same as the one before. */
  private last: Series = newSeries("", "", 0);
  private readonly series = new Map<string, Map<string, Map<number, Series>>>();

  observe(method: string, route: string, status: number, tookMs: number): void {
    const { labels } = this.last;
    if (labels.status !== status || labels.route !== route || labels.method !== method)
      this.last = this.seriesOf(method, route, status);
    const series = this.last;
    const seconds = tookMs / 1_000;
    series.count++;
    series.sumSeconds += seconds;
    let bucket = 0;
    while (bucket < BOUNDS_SECONDS.length && seconds > (BOUNDS_SECONDS[bucket] as number)) bucket++;
    if (bucket < BOUNDS_SECONDS.length) series.buckets[bucket] = (series.buckets[bucket] as number) + 1;
  }

  async get() {
    return {
      name: NAME,
      help: "Time to answer, by route as it was declared.",
      type: "histogram" as unknown as MetricType,
      aggregator: "sum" as const,
      values: [...this.all()].flatMap(valuesOf),
    };
  }

  reset(): void {
    this.last = newSeries("", "", 0);
    this.series.clear();
  }

  private seriesOf(method: string, route: string, status: number): Series {
    const byMethod = getOrMake(this.series, route, () => new Map<string, Map<number, Series>>());
    const byStatus = getOrMake(byMethod, method, () => new Map<number, Series>());
    return getOrMake(byStatus, status, () => newSeries(method, route, status));
  }

  private *all(): Iterable<Series> {
    for (const byMethod of this.series.values()) for (const byStatus of byMethod.values()) yield* byStatus.values();
  }
}

function newSeries(method: string, route: string, status: number): Series {
  return { labels: { method, route, status }, buckets: BOUNDS_SECONDS.map(() => 0), count: 0, sumSeconds: 0 };
}

function valuesOf({ labels, buckets, count, sumSeconds }: Series): (MetricValue<string> & { metricName: string })[] {
  let below = 0;
  const bounded = BOUNDS_SECONDS.map((le, index) => {
    below += buckets[index] ?? 0;
    return { metricName: `${NAME}_bucket`, labels: { le, ...labels }, value: below };
  });
  return [
    ...bounded,
    { metricName: `${NAME}_bucket`, labels: { le: "+Inf", ...labels }, value: count },
    { metricName: `${NAME}_sum`, labels: { ...labels }, value: sumSeconds },
    { metricName: `${NAME}_count`, labels: { ...labels }, value: count },
  ];
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
