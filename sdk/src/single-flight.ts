import { nowMs } from "./clock.js";

/** Whoever comes later starts anew: what was decided so long ago may be revoked. */
const JOIN_MS = 100;

interface Flight<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  readonly startedAtMs: number;
  waiting: number;
}

/** What was joined, and whether it was started for this one. */
export interface Joined<T> {
  readonly isFirst: boolean;
  readonly result: Promise<T>;
}

/** Lets those who ask the same at once wait for one answer. It is given up when all of them have. */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Flight<T>>();

  join(key: string, start: (signal: AbortSignal) => Promise<T>, signal: AbortSignal | undefined): Joined<T> {
    const underWay = this.#flights.get(key);
    const isFirst = underWay === undefined || nowMs() - underWay.startedAtMs >= JOIN_MS;
    const flight = isFirst ? this.#start(key, start) : underWay;
    return { isFirst, result: this.#wait(key, flight, signal) };
  }

  #start(key: string, start: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController();
    const result = start(controller.signal).finally(() => this.#forget(key, flight));
    const flight: Flight<T> = { result, controller, startedAtMs: nowMs(), waiting: 0 };
    this.#flights.set(key, flight);
    return flight;
  }

  #wait(key: string, flight: Flight<T>, signal: AbortSignal | undefined): Promise<T> {
    flight.waiting++;
    if (!signal) return flight.result;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        reject(signal.reason);
        if (--flight.waiting > 0) return;
        // Whoever comes now starts anew: this one ends with somebody else's reason.
        this.#forget(key, flight);
        flight.controller.abort(signal.reason);
      };
      signal.addEventListener("abort", leave, { once: true });
      const letGo = (): void => signal.removeEventListener("abort", leave);
      flight.result.finally(letGo).then(resolve, reject);
    });
  }

  #forget(key: string, flight: Flight<T>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
