import type { ObjectLiteral, SelectQueryBuilder } from "typeorm";
import { type ApiError, invalidInput } from "../errors.js";

export const PAGE_SIZE_MAX = 100;
export const PAGE_SIZE_DEFAULT = 20;

export type Direction = "ASC" | "DESC";

/** Forwards with `first` and `after`, backwards with `last` and `before`. */
export interface PageRequest {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

export interface Edge<T> {
  readonly node: T;
  readonly cursor: string;
}

export interface Page<T> {
  readonly edges: readonly Edge<T>[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  /** Counted only when asked for. */
  readonly totalCount: number | Promise<number>;
}

/** A list's order: one SQL expression, made total by the id, which breaks ties. */
export interface Order {
  /** Names the order inside cursors, so that one of another order is refused. */
  readonly name: string;
  readonly expression: string;
  /** PostgreSQL type of the expression. */
  readonly type: "uuid" | "text" | "timestamptz";
  readonly direction: Direction;
}

export interface Cursor {
  readonly order: string;
  readonly value: string;
  readonly id: string;
}

/** One page by keyset: page 1,000 costs what page 1 costs. `query` selects the entity under its alias, filtered. */
export async function paginate<T extends ObjectLiteral & { id: string }>(
  query: SelectQueryBuilder<T>,
  args: PageRequest,
  order: Order,
): Promise<Page<T>> {
  refuseMixedDirections(args);
  const backwards = args.last != null || args.before != null;
  const size = args.first ?? args.last ?? PAGE_SIZE_DEFAULT;
  const ascending = (order.direction === "ASC") !== backwards;
  const id = `${query.alias}.id`;

  const page = query.clone();
  page.addSelect(`(${order.expression})::text`, "cursor_value");
  for (const [path, beyond] of [
    ["after", ">"],
    ["before", "<"],
  ] as const) {
    const text = args[path];
    if (text == null) continue;
    const cursor = decode(text, path, order);
    const operator = order.direction === "ASC" ? beyond : beyond === ">" ? "<" : ">";
    page.andWhere(`((${order.expression}), ${id}) ${operator} (:${path}Value::${order.type}, :${path}Id::uuid)`, {
      [`${path}Value`]: cursor.value,
      [`${path}Id`]: cursor.id,
    });
  }
  page.orderBy(order.expression, ascending ? "ASC" : "DESC").addOrderBy(id, ascending ? "ASC" : "DESC");
  const { entities, raw } = await page.limit(size + 1).getRawAndEntities<{ cursor_value: string }>();

  const edges: Edge<T>[] = entities.slice(0, size).map((node, index) => ({
    node,
    cursor: encodeCursor({ order: order.name, value: raw[index]?.cursor_value ?? "", id: node.id }),
  }));
  if (backwards) edges.reverse();
  const more = entities.length > size;
  return {
    edges,
    pageInfo: {
      hasNextPage: backwards ? args.before != null : more,
      hasPreviousPage: backwards ? more : args.after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    get totalCount() {
      return query.getCount();
    },
  };
}

/** The same page with something else made of each row. */
export function mapNodes<T, U>(page: Page<T>, change: (node: T) => U): Page<U> {
  return {
    edges: page.edges.map(({ node, cursor }) => ({ node: change(node), cursor })),
    pageInfo: page.pageInfo,
    get totalCount() {
      return page.totalCount;
    },
  };
}

/** The first page of a list, read for many lists at once. With the list's cursors it is gone on in the list itself. */
export function firstPage<T>(
  edges: readonly Edge<T>[],
  hasNextPage: boolean,
  count: () => number | Promise<number>,
): Page<T> {
  return {
    edges,
    pageInfo: {
      hasNextPage,
      hasPreviousPage: false,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    get totalCount() {
      return count();
    },
  };
}

function refuseMixedDirections({ first, after, last, before }: PageRequest): void {
  if ((first != null || after != null) && (last != null || before != null)) {
    throw invalidInput({ path: "first", message: "give either first and after, or last and before" });
  }
}

export function encodeCursor({ order, value, id }: Cursor): string {
  return Buffer.from(JSON.stringify([order, value, id])).toString("base64url");
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

function decode(text: string, path: string, order: Order): Cursor {
  const parts = parse(text);
  const [name, value, id] = Array.isArray(parts) ? parts : [];
  const known = typeof value === "string" && typeof id === "string" && UUID.test(id) && isOfType(value, order.type);
  if (name !== order.name || !known) throw badCursor(path);
  return { order: name, value, id };
}

function isOfType(value: string, type: Order["type"]): boolean {
  if (type === "uuid") return UUID.test(value);
  if (type === "timestamptz") return value === "infinity" || isInstant(value);
  return value.isWellFormed() && !value.includes("\0");
}

/** As PostgreSQL writes an instant in UTC, which is the zone of these connections. A day that no month has is none. */
function isInstant(value: string): boolean {
  if (!/^(?!0000)\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,3})?\+00$/.test(value)) return false;
  const seconds = value.slice(0, 19).replace(" ", "T");
  const date = new Date(`${seconds}Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(seconds);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    return undefined;
  }
}

function badCursor(path: string): ApiError {
  return invalidInput({ path, message: "is no cursor of this list in this order" });
}
