import type { DataSource } from "typeorm";
import { AuditEvent } from "./audit-event.entity.js";
import { AuditLink } from "./audit-link.entity.js";
import { type ChainedEvent, canonicalJson } from "./chained-event.js";
import { headOf } from "./chainer.js";
import { type EventRow, eventOf } from "./event-row.js";
import { type EventConditions, whereEvents } from "./find-events.js";

/** Numbers that are looked through at once: what is held in memory, whatever the export's size. */
const WINDOW = 500;

type Row = EventRow & { readonly number: string; readonly previous_hash: Buffer; readonly hash: Buffer };

/** Where an export stands in the chain, and which of the events there it takes. */
export interface ExportedEvents extends EventConditions {
  readonly search?: string | null;
  /** Only events with higher numbers. */
  readonly after?: number;
}

/**
 * The events of the chain as NDJSON, in the order of their numbers, up to the one that was the last when it began. It
 * reads on when more is asked for, window by window of numbers: between two of them nothing is open, so that a slow reader
 * holds no connection and an interrupted one leaves nothing behind, and no window costs more than another.
 */
export async function* exportEvents(
  database: DataSource,
  wanted: ExportedEvents,
  /** Gives everything that is committed its number. */
  linkAll: () => Promise<void>,
): AsyncGenerator<string> {
  const { after = 0, search, ...conditions } = wanted;
  await linkAll();
  const bounds = await boundsOf(database, wanted);
  for (let from = Math.max(after, bounds.first - 1); from < bounds.last; from += WINDOW) {
    const to = Math.min(from + WINDOW, bounds.last);
    const query = selectEvents(database).where("link.number > :from and link.number <= :to", { from, to });
    const rows: Row[] = await whereEvents(query, conditions, search, "").orderBy("link.number").getRawMany();
    if (rows.length > 0) yield rows.map(lineOf).join("");
  }
}

/** The first and the last number among the wanted events; none is wanted after the end of the chain as it is now. */
async function boundsOf(database: DataSource, { after = 0, search, ...conditions }: ExportedEvents) {
  const { number: end } = await headOf(database);
  if (!search?.trim() && Object.values(conditions).every((value) => value == null)) return { first: 1, last: end };
  const query = linkedEvents(database)
    .select("min(link.number)", "first")
    .addSelect("max(link.number)", "last")
    .where("link.number > :after", { after });
  const row = await whereEvents(query, conditions, search, "").getRawOne<{
    first: string | null;
    last: string | null;
  }>();
  return { first: Number(row?.first ?? 1), last: Math.min(Number(row?.last ?? 0), end) };
}

function linkedEvents(database: DataSource) {
  return database
    .getRepository(AuditLink)
    .createQueryBuilder("link")
    .innerJoin(AuditEvent, "event", "event.id = link.event_id");
}

/** Raw rows: an entity for each of a million events would take the time that verdicts need. */
function selectEvents(database: DataSource) {
  const query = linkedEvents(database).select("link.number", "number");
  for (const column of ["previous_hash", "hash"]) query.addSelect(`link.${column}`, column);
  for (const { databaseName } of database.getMetadata(AuditEvent).columns) {
    query.addSelect(`event.${databaseName}`, databaseName);
  }
  return query;
}

function lineOf(row: Row): string {
  const chained: ChainedEvent = {
    ...eventOf(row, Number(row.number), row.previous_hash.toString("hex")),
    hash: row.hash.toString("hex"),
  };
  return `${canonicalJson(chained)}\n`;
}
