import { type Address, parseAddress } from "../conditions/addresses.js";

/** Asks the resolver of the system. Rejects when the name is not known. */
export type Lookup = (hostName: string) => Promise<readonly { readonly address: string }[]>;

/** For so long an answer is used without asking again, and for so long after it, while a new one is fetched. */
const FRESH_MS = 30_000;
const STALE_MS = 30_000;
/** A name that did not resolve is asked for again only then. */
const FAILURE_MS = 5_000;
/** A verdict waits no longer; until the answer is there, the name matches nothing. */
const WAIT_MS = 500;
/** The system's resolver occupies a thread for each question. */
const LOOKUPS_AT_ONCE = 2;
const NAMES_KEPT = 1_000;

interface Known {
  readonly addresses: readonly Address[];
  readonly freshUntilMs: number;
  readonly usableUntilMs: number;
}

/** Asked by host bindings. */
export interface ResolvedNames {
  addressesOf(hostName: string, nowMs: number): readonly Address[] | Promise<readonly Address[]>;
}

/** What host names resolve to, kept briefly, so that verdicts seldom wait for DNS and never for long. */
export class HostNames implements ResolvedNames {
  private readonly known = new Map<string, Known>();
  private readonly loading = new Map<string, Promise<void>>();
  private readonly queue: (() => void)[] = [];
  private running = 0;

  constructor(private readonly lookup: Lookup) {}

  /** At once where the answer is known. A name that does not resolve has no address. */
  addressesOf(hostName: string, nowMs: number): readonly Address[] | Promise<readonly Address[]> {
    const known = this.known.get(hostName);
    if (known && nowMs < known.freshUntilMs) return known.addresses;
    const loading = this.load(hostName, nowMs);
    if (known && nowMs < known.usableUntilMs) return known.addresses;
    return this.waitFor(loading, hostName, nowMs);
  }

  /** Verdicts that need the same name share one question. */
  private load(hostName: string, nowMs: number): Promise<void> {
    const underWay = this.loading.get(hostName);
    if (underWay) return underWay;
    const loading = this.inTurn(() => this.lookup(hostName))
      .then(
        (found) => this.keep(hostName, found.map(({ address }) => parseAddress(address)).filter(isKnown), nowMs),
        () => this.keep(hostName, [], nowMs),
      )
      .finally(() => this.loading.delete(hostName));
    this.loading.set(hostName, loading);
    return loading;
  }

  private async waitFor(loading: Promise<void>, hostName: string, nowMs: number): Promise<readonly Address[]> {
    let timer: NodeJS.Timeout | undefined;
    const inTime = await Promise.race([
      loading.then(() => true),
      new Promise<false>((resolve) => {
        timer = setTimeout(() => resolve(false), WAIT_MS);
      }),
    ]);
    clearTimeout(timer);
    // Later verdicts do not wait for the same slow answer. When it comes, it takes the place of this one.
    if (!inTime) this.keep(hostName, [], nowMs);
    return this.known.get(hostName)?.addresses ?? [];
  }

  private keep(hostName: string, addresses: readonly Address[], nowMs: number): void {
    const [oldest] = this.known.keys();
    if (this.known.size >= NAMES_KEPT && oldest !== undefined) this.known.delete(oldest);
    const [freshMs, staleMs] = addresses.length > 0 ? [FRESH_MS, STALE_MS] : [FAILURE_MS, 0];
    const freshUntilMs = nowMs + freshMs;
    this.known.delete(hostName);
    this.known.set(hostName, { addresses, freshUntilMs, usableUntilMs: freshUntilMs + staleMs });
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < LOOKUPS_AT_ONCE) this.running++;
    else await new Promise<void>((resolve) => this.queue.push(resolve));
    try {
      return await work();
    } finally {
      // The place is handed on, or given up.
      const next = this.queue.shift();
      if (next) next();
      else this.running--;
    }
  }
}

function isKnown(address: Address | undefined): address is Address {
  return address !== undefined;
}
