import { DataSource } from "typeorm";
import { entities } from "./entities.js";
import { migrations } from "./migrations.js";
import { SnakeNaming } from "./snake-naming.js";

/**
 * Cursors hold instants as text. The keepalives are the server's: what a node had locked when its machine or its network
 * went is free again in half a minute, and not after the two hours of the operating system.
 */
const OPTIONS = [
  "-c timezone=UTC",
  "-c tcp_keepalives_idle=10",
  "-c tcp_keepalives_interval=5",
  "-c tcp_keepalives_count=4",
].join(" ");

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
    extra: { options: OPTIONS },
    poolSize: 10,
    connectTimeoutMS: 5_000,
    // Reported where the statement that failed is: an idle connection that breaks is replaced at its next use.
    poolErrorHandler: () => undefined,
  });
}
