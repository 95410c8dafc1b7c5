import type { ImportApiKeyInput } from "@latchkey/sdk";
import { UsageError } from "./exit-codes.js";

/** A key to import as it stands in a file, with its groups by name or id. */
export interface KeyEntry extends Omit<ImportApiKeyInput, "groupIds" | "recoverable"> {
  readonly groups?: readonly string[];
}

/** An entry with the line that it begins in, to be found by. */
export interface EntryOfLine {
  readonly line: number;
  readonly entry: KeyEntry;
}

export type KeyFormat = "ndjson" | "csv";

/** How a member is written in a cell of CSV. */
type Cell = (text: string, line: number) => unknown;

const asText: Cell = (text) => text;
const asList: Cell = (text) => text.split(";").map((each) => each.trim());
const asObject: Cell = (text, line) => parseObject(text, line);
const asQuota: Cell = (text, line) => {
  const [, limit, period] = /^(\d{1,10})\/(\w+)$/.exec(text) ?? [];
  if (limit === undefined) throw new UsageError(`line ${line}: quota must be <calls>/<period>, such as 1000/day`);
  return { limit: Number(limit), period: period?.toUpperCase() };
};

const MEMBERS: Readonly<Record<keyof KeyEntry, Cell>> = {
  name: asText,
  hash: asText,
  hashFormat: asText,
  prefix: asText,
  clientId: asText,
  userId: asText,
  groups: asList,
  scopes: asList,
  tags: asList,
  description: asText,
  effectiveAt: asText,
  expiresAt: asText,
  quota: asQuota,
  metadata: asObject,
};

/** What a column or member may be called, for the help. */
export const MEMBER_NAMES = Object.keys(MEMBERS);

/** Reads all entries before one is sent, so that a mistake in the last line is found before the first is imported. */
export async function readEntries(text: string, format: KeyFormat): Promise<readonly EntryOfLine[]> {
  const entries = format === "csv" ? await readCsv(text) : readNdjson(text);
  if (entries.length === 0) throw new UsageError("there is no key in it");
  return entries;
}

function readNdjson(text: string): EntryOfLine[] {
  const lines = text.split("\n").map((line, index) => ({ line: index + 1, text: line.trim() }));
  return lines
    .filter((line) => line.text !== "")
    .map(({ line, text: object }) => {
      const entry = parseObject(object, line);
      for (const name of Object.keys(entry)) known(name, line);
      if (entry["groups"] !== undefined && !isTexts(entry["groups"])) {
        throw new UsageError(`line ${line}: groups must be a list of names or ids`);
      }
      return { line, entry: entry as unknown as KeyEntry };
    });
}

async function readCsv(text: string): Promise<EntryOfLine[]> {
  const { parse, CsvError } = await import("csv-parse/sync");
  let records: { record: Record<string, string>; info: { lines: number } }[];
  try {
    records = parse(text, { columns: true, bom: true, info: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    // Its message names the line, and never a value.
    throw error instanceof CsvError ? new UsageError(`it is no CSV: ${error.message}`) : error;
  }
  return records.map(({ record, info: { lines: line } }) => {
    const cells = Object.entries(record).filter(([, cell]) => cell !== "");
    const entry = Object.fromEntries(cells.map(([name, cell]) => [name, known(name, 1)(cell, line)]));
    return { line, entry: entry as unknown as KeyEntry };
  });
}

function known(name: string, line: number): Cell {
  if (Object.hasOwn(MEMBERS, name)) return MEMBERS[name as keyof KeyEntry];
  throw new UsageError(`line ${line}: ${name} is unknown; known are ${MEMBER_NAMES.join(", ")}`);
}

function parseObject(text: string, line: number): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new UsageError(`line ${line}: must be an object in JSON`);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
