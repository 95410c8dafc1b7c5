import { printable, write } from "./write.js";

export type Format = "table" | "json";

/** What a table shows of a thing, by the heading. */
export type Facts<Thing> = Readonly<Record<string, (thing: Thing) => unknown>>;

/** The facts of a thing that is within another. */
export function within<Outer, Inner>(read: (outer: Outer) => Inner, facts: Facts<Inner>): Facts<Outer> {
  const entries = Object.entries(facts).map(([heading, of]) => [heading, (outer: Outer) => of(read(outer))] as const);
  return Object.fromEntries(entries);
}

/** Prints answers to standard output, and nothing else does. */
export class Output {
  constructor(private readonly format: Format) {}

  /** One thing: as JSON whole, as a table a line for each fact that there is. */
  async thing<Thing>(thing: Thing, facts: Facts<Thing>): Promise<void> {
    if (this.format === "json") return this.json(thing);
    const rows = Object.entries(facts)
      .map(([heading, read]) => [heading, textOf(read(thing))])
      .filter(([, text]) => text !== NONE);
    await write(await draw(["fact", "value"], rows));
  }

  /** Many things: as JSON an array of them whole, as a table a line each. */
  async list<Thing>(things: readonly Thing[], facts: Facts<Thing>): Promise<void> {
    if (this.format === "json") return this.json(things);
    await this.rows(things, facts);
  }

  /** What belongs to the thing before: in JSON it is in there. */
  async alsoInTable<Thing>(things: readonly Thing[], facts: Facts<Thing>): Promise<void> {
    if (this.format === "json" || things.length === 0) return;
    await write("\n");
    await this.rows(things, facts);
  }

  private async rows<Thing>(things: readonly Thing[], facts: Facts<Thing>): Promise<void> {
    const readers = Object.values(facts);
    const rows = things.map((thing) => readers.map((read) => read(thing)));
    await write(await draw(Object.keys(facts), rows));
  }

  private json(value: unknown): Promise<void> {
    return write(`${JSON.stringify(value, undefined, 2)}\n`);
  }
}

/** In place of what there is not. */
const NONE = "-";

const NOTHING = { left: "", mid: "", right: "", other: "" };

/** Loaded when a table is asked for: scripts that want JSON start faster without. */
async function draw(headings: readonly string[], rows: readonly (readonly unknown[])[]): Promise<string> {
  const { Table } = await import("console-table-printer");
  const table = new Table({
    shouldDisableColors: true,
    columns: headings.map((heading, index) => ({ name: `${index}`, title: heading.toUpperCase(), alignment: "left" })),
    style: { headerTop: NOTHING, headerBottom: NOTHING, tableBottom: NOTHING, rowSeparator: NOTHING, vertical: "" },
  });
  for (const row of rows) table.addRow(Object.fromEntries(row.map((value, index) => [`${index}`, textOf(value)])));
  const lines = table.render().split("\n");
  // Where a frame would be, the library leaves empty lines.
  return lines
    .filter((line) => line.trim() !== "")
    .map((line) => `${line.slice(1).trimEnd()}\n`)
    .join("");
}

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === "") return NONE;
  if (Array.isArray(value)) return value.length === 0 ? NONE : value.map(textOf).join(", ");
  return printable(typeof value === "string" ? value : JSON.stringify(value));
}
