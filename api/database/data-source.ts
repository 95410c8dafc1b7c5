import { DataSource } from "typeorm";
import { entities } from "./entities.js";
import { migrations } from "./migrations.js";
import { SnakeNaming } from "./snake-naming.js";

/** TypeORM for the management API. The hot path has a pool and statements of its own. */
export function createDataSource(url: string): DataSource {
  return new DataSource({
    type: "postgres",
    url,
    entities,
    migrations,
    migrationsTransactionMode: "each",
    namingStrategy: new SnakeNaming(),
    installExtensions: false,
    applicationName: "latchkey",
    // Cursors hold instants as text.
    extra: { options: "-c timezone=UTC" },
    poolSize: 10,
    connectTimeoutMS: 5_000,
    // Reported where the statement that failed is: an idle connection that breaks is replaced at its next use.
    poolErrorHandler: () => undefined,
  });
}
