import DataLoader from "dataloader";
import { type DataSource, type EntityTarget, type FindOptionsWhere, In, type ObjectLiteral } from "typeorm";

type Row = ObjectLiteral & { id: string };

/** Loads entities by id, one statement for all that a request asks for at once. */
export function loadById<T extends Row>(database: DataSource, Entity: EntityTarget<T>): DataLoader<string, T | null> {
  return new DataLoader(async (ids) => {
    const byId = await findById(database, Entity, ids);
    return ids.map((id) => byId.get(id) ?? null);
  });
}

export interface ManyToMany<T, L extends ObjectLiteral> {
  readonly target: EntityTarget<T>;
  /** The join table's entity, with the property that holds the source and the one that holds the target. */
  readonly through: EntityTarget<L>;
  readonly source: string & keyof L;
  readonly link: string & keyof L;
  /** The target's property by which each list is ordered. */
  readonly orderBy: string & keyof T;
}

/** Loads the targets of many sources through a join table, two statements for all. */
export function loadThrough<T extends Row, L extends ObjectLiteral>(
  database: DataSource,
  { target, through, source, link, orderBy }: ManyToMany<T, L>,
): DataLoader<string, T[]> {
  return new DataLoader(async (sourceIds) => {
    const pairs = await database.manager.findBy(through, { [source]: In([...sourceIds]) } as FindOptionsWhere<L>);
    const byId = await findById(database, target, [...new Set(pairs.map((pair) => pair[link] as string))]);
    const bySource = new Map<string, T[]>(sourceIds.map((id) => [id, []]));
    for (const pair of pairs) {
      const found = byId.get(pair[link]);
      if (found) bySource.get(pair[source])?.push(found);
    }
    return sourceIds.map((id) =>
      (bySource.get(id) ?? []).sort((a, b) => String(a[orderBy]).localeCompare(String(b[orderBy]), "en")),
    );
  });
}

/** Loads something for each of many ids, by a question that is asked about all of them alike. */
export type LoaderPerQuestion<Question, Answer> = (question: Question) => DataLoader<string, Answer>;

/** A loader for each question that a request asks: a page with two kinds of rows in each row asks two. */
export function loadPerQuestion<Question, Answer>(
  answer: (question: Question, ids: readonly string[]) => Promise<Answer[]>,
): LoaderPerQuestion<Question, Answer> {
  const loaders = new Map<string, DataLoader<string, Answer>>();
  return (question) => {
    const text = JSON.stringify(question);
    const loader = loaders.get(text) ?? new DataLoader((ids: readonly string[]) => answer(question, ids));
    loaders.set(text, loader);
    return loader;
  };
}

async function findById<T extends Row>(
  database: DataSource,
  Entity: EntityTarget<T>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, T>> {
  if (ids.length === 0) return new Map();
  const rows = await database.manager.findBy(Entity, { id: In([...ids]) } as FindOptionsWhere<T>);
  return new Map(rows.map((row) => [row.id, row]));
}
