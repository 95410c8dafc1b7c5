import { DataSource, type EntityTarget, type MixedList, type ObjectLiteral } from "typeorm";
import { migrations } from "./migrations.js";
import { SnakeNaming } from "./snake-naming.js";

export interface DataSourceOptions {
  readonly url: string;
  readonly entities: readonly EntityTarget<ObjectLiteral>[];
}

/** TypeORM for the management API. The hot path has a pool and statements of its own. */
export function createDataSource({ url, entities }: DataSourceOptions): DataSource {
  return new DataSource({
    type: "postgres",
    url,
    // biome-ignore format: one option a line
    entities: entities as MixedList<never>,
    migrations,
    migrationsTransactionMode: "each",
    namingStrategy: new SnakeNaming(),
    installExtensions: false,
    applicationName: "latchkey",
    poolSize: 10,
    connectTimeoutMS: 5_000,
  });
}
