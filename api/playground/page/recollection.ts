import { examples } from "./examples/examples.js";
import type { Known } from "./fill-in.js";

const STORAGE_KEY = "latchkey:known";
const NEVER_STORED = "secret";

const sources = examples.flatMap((example) => Object.entries(example.remembers ?? {}));

/**
 * What answers have told so far, for later examples. Ids outlive a reload with the session;
 * a secret stays in memory and is gone with the page.
 */
export class Recollection {
  private known: Known;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem">) {
    this.known = JSON.parse(storage.getItem(STORAGE_KEY) ?? "{}") as Known;
  }

  readonly current = (): Known => this.known;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Keeps every value of an answer's data that a later example asks for. */
  note(data: unknown): void {
    const found = sources.flatMap(([name, path]) => {
      const value = valueAt(data, path);
      return typeof value === "string" ? [[name, value]] : [];
    });
    if (found.length > 0) this.replace({ ...this.known, ...Object.fromEntries(found) });
  }

  forget(): void {
    this.storage.removeItem(STORAGE_KEY);
    this.known = {};
    this.announce();
  }

  private replace(known: Known): void {
    this.known = known;
    const { [NEVER_STORED]: _, ...storable } = known;
    this.storage.setItem(STORAGE_KEY, JSON.stringify(storable));
    this.announce();
  }

  private announce(): void {
    for (const listener of this.listeners) listener();
  }
}

function valueAt(data: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => {
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }, data);
}
