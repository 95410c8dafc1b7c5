import type { Writer } from "./issue-tokens.js";

/** Of pg. */
interface Pool {
  query(statement: { readonly name: string; readonly text: string; readonly values: unknown[] }): Promise<unknown>;
}

const GROUP_MAX = 100;

interface Waiting {
  readonly text: string;
  /** Each an array in JSON. */
  readonly values: readonly string[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes what is issued at the same time in one statement: while one is under way, others queue up and form the next. Each
 * is on disk before it is answered, and many share the wait for that.
 */
export class GroupedWriter implements Writer {
  private queue: Waiting[] = [];
  private running = false;

  constructor(private readonly pool: Pool) {}

  /** All texts are the same, and all values arrays of rows in JSON. */
  query(text: string, values: unknown[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.queue.push({ text, values: values as string[], resolve, reject });
      if (!this.running) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.running = true;
    // What arrives in the same turn of the event loop goes together.
    await Promise.resolve();
    while (this.queue.length > 0) await this.writeGroup(this.queue.splice(0, GROUP_MAX));
    this.running = false;
  }

  private async writeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      await this.write(group);
      for (const { resolve } of group) resolve();
    } catch (error) {
      if (group.length > 1 && isAboutRows(error)) {
        // One of them, whose client has just been deleted, must not keep the others from theirs.
        for (const each of group) await this.writeGroup([each]);
        return;
      }
      // Who has come meanwhile would only wait for the same.
      const others = isAboutRows(error) ? [] : this.queue.splice(0);
      for (const { reject } of [...group, ...others]) reject(error);
    }
  }

  private async write(group: readonly Waiting[]): Promise<void> {
    const [first] = group;
    if (!first) return;
    const values = first.values.map((_, place) => joined(group.map((each) => each.values[place] ?? "[]")));
    await this.pool.query({ name: "issue-tokens", text: first.text, values });
  }
}

/** One array of the elements of many. */
function joined(arrays: readonly string[]): string {
  const elements = arrays.map((array) => array.slice(1, -1)).filter((inner) => inner !== "");
  return `[${elements.join(",")}]`;
}

/** PostgreSQL's class 23, integrity constraint violation. */
function isAboutRows(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("23");
}
