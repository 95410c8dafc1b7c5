import { GraphQLDateTimeISO } from "graphql-scalars";
import { type FieldProblem, invalidInput } from "../errors.js";
import type { ExportedEvents } from "./export-events.js";

type Reader = (text: string) => unknown;

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** What each parameter of the URL's query must be. Throws what is wrong with it. */
const READERS: Readonly<Record<keyof ExportedEvents, Reader>> = {
  search: (text) => textOf(text, 0, 200),
  actorId: uuidOf,
  targetId: uuidOf,
  event: (text) => textOf(text, 1, 100),
  requestId: (text) => textOf(text, 1, 128),
  transactionRef: (text) => textOf(text, 1, 128),
  from: instantOf,
  until: instantOf,
  after: (text) => {
    if (!/^\d{1,15}$/.test(text)) throw new Error("must be the number of an event");
    return Number(text);
  },
};

/** Reads the query of an export's URL. Whatever is wrong with it is told at once. */
export function readExportQuery(query: URLSearchParams): ExportedEvents {
  const problems: FieldProblem[] = [];
  const wanted: Record<string, unknown> = {};
  for (const name of new Set(query.keys())) {
    const [text = "", ...others] = query.getAll(name);
    const message = others.length > 0 ? "must be given once" : read(name, text, wanted);
    if (message !== undefined) problems.push({ path: name, message });
  }
  const [first, ...others] = problems;
  if (first) throw invalidInput(first, ...others);
  return wanted;
}

function read(name: string, text: string, wanted: Record<string, unknown>): string | undefined {
  if (!Object.hasOwn(READERS, name)) return "is not a known parameter";
  try {
    wanted[name] = READERS[name as keyof ExportedEvents](text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function textOf(text: string, min: number, max: number): string {
  if (text.length < min || text.length > max) {
    throw new Error(min > 0 ? `must have ${min} to ${max} characters` : `must have at most ${max} characters`);
  }
  if (text.includes("\0") || !text.isWellFormed()) throw new Error("must not contain NUL or unpaired surrogates");
  return text;
}

function uuidOf(text: string): string {
  if (!UUID.test(text)) throw new Error("must be a UUID");
  return text;
}

function instantOf(text: string): Date {
  try {
    return GraphQLDateTimeISO.parseValue(text);
  } catch {
    throw new Error("must be an ISO 8601 instant such as 2027-01-31T12:00:00Z");
  }
}
