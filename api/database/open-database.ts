import type { DataSource } from "typeorm";
import { createDataSource } from "./data-source.js";
import { startEmbeddedPostgres } from "./embedded/start-embedded-postgres.js";
import { migrate } from "./migrate.js";

export interface OpenDatabase {
  readonly url: string;
  readonly dataSource: DataSource;
  /** Which server this is, for the log; without user and password. */
  readonly origin: string;
  /** Names of the migrations that were applied by this start. */
  readonly migrated: readonly string[];
  close(): Promise<void>;
}

/** The database cannot be used; the message says which one and why. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
}

/** Opens the server of `DATABASE_URL`, else the embedded one in the data directory, and brings its schema up to date. */
export async function openDatabase(databaseUrl: string | undefined, dataDir: string): Promise<OpenDatabase> {
  if (databaseUrl !== undefined) return open(databaseUrl, describe(databaseUrl), async () => undefined);
  const embedded = await startEmbeddedPostgres({ dataDir });
  return open(embedded.url, embedded.origin, () => embedded.stop());
}

async function open(url: string, origin: string, stopServer: () => Promise<void>): Promise<OpenDatabase> {
  const dataSource = createDataSource(url);
  const close = async (): Promise<void> => {
    if (dataSource.isInitialized) await dataSource.destroy();
    await stopServer();
  };
  try {
    await dataSource.initialize();
    const migrated = await migrate(dataSource, url);
    return { url, dataSource, origin, migrated, close };
  } catch (error) {
    await close();
    throw new DatabaseError(`The database at ${origin} cannot be used: ${reasonOf(error)}`, { cause: error });
  }
}

function describe(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname}`;
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return [...new Set(error.errors.map(reasonOf))].join("; ");
  return error instanceof Error ? error.message : String(error);
}
