import { Agent, request } from "node:http";

export interface Target {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Measured {
  readonly perSecond: number;
  readonly medianMs: number;
  readonly p99Ms: number;
}

const CONNECTIONS = 32;

/** Keeps 32 connections busy for a while. Any answer but 200 ends the measurement: a fast error is no speed. */
export async function load(target: Target, durationMs: number): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const latenciesMs: number[] = [];
  const startedAtMs = performance.now();
  const worker = async (): Promise<void> => {
    while (performance.now() - startedAtMs < durationMs) {
      const sentAtMs = performance.now();
      await send(agent, target);
      latenciesMs.push(performance.now() - sentAtMs);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  agent.destroy();
  latenciesMs.sort((a, b) => a - b);
  const at = (share: number): number => latenciesMs[Math.floor(latenciesMs.length * share)] ?? Number.NaN;
  const perSecond = (latenciesMs.length * 1_000) / (performance.now() - startedAtMs);
  return { perSecond, medianMs: at(0.5), p99Ms: at(0.99) };
}

function send(agent: Agent, { url, method, headers, body }: Target): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent }, (response) => {
      response.resume();
      response.on("end", () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${method} ${url} answered ${response.statusCode}`));
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
