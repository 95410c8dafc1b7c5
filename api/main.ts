import { startApp } from "./app.js";
import { ConfigError, loadConfig } from "./config/config.js";
import { KeyRingError } from "./database/check-key-ring.js";
import { EmbeddedPostgresError } from "./database/embedded/start-embedded-postgres.js";
import { GrantError, grantTo } from "./database/grant-to.js";
import { RestoredError } from "./database/home.js";
import { DatabaseError, openDatabase } from "./database/open-database.js";
import { DemoError } from "./demo/demo-error.js";
import type { DemoReport } from "./demo/fill-demo.js";
import { createLogger } from "./http/logger.js";
import { RestoreError } from "./restore/restore-error.js";
import { restored } from "./restore/restored-command.js";

const STOP_MS_MAX = 15_000;

async function start(): Promise<void> {
  const config = loadConfig(process.env);
  const logger = createLogger(config.logLevel, config.secretBrand);
  const app = await startApp({ config, logger });
  if (app.madePassword !== undefined) {
    say(`\nThe first administrator is "${config.adminUserName}" with the password ${app.madePassword}`);
    say("It is shown only now. Sign in and keep it.\n");
  }
  say(`Latchkey is ready: ${config.publicUrl ?? app.url}/`);

  const stop = (signal: string): void => {
    // A second signal finds no listener and ends the process at once.
    logger.info({ signal }, "stopping");
    setTimeout(() => {
      logger.error(`still busy after ${STOP_MS_MAX} ms`);
      process.exit(1);
    }, STOP_MS_MAX).unref();
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

/** `npm run migrate`: brings the schema up to date without serving, and gives a role what serving needs. */
async function migrateOnly(args: readonly string[]): Promise<void> {
  const role = grantedRole(args);
  const config = loadConfig(process.env);
  const database = await openDatabase(config.databaseUrl, config.dataDir);
  try {
    say(`${database.origin}: ${database.migrated.length > 0 ? database.migrated.join(", ") : "up to date"}`);
    if (role === undefined) return;
    await grantTo(database.url, role);
    say(`${role} may serve: it reads and writes, but changes neither the schema nor what the audit has`);
  } finally {
    await database.close();
  }
}

/** `npm run demo`: fills an empty installation with a company that has been calling for a month, without serving. */
async function demo(): Promise<void> {
  // They bring the SDK along, which a server does not need.
  const { fillDemo } = await import("./demo/fill-demo.js");
  const { showProgress } = await import("./demo/progress.js");
  const config = loadConfig(process.env);
  const database = await openDatabase(config.databaseUrl, config.dataDir);
  try {
    const alone = { ...config, databaseUrl: database.url, host: "127.0.0.1", port: 0, publicUrl: undefined };
    const app = await startApp({ config: alone, logger: createLogger("error", config.secretBrand) });
    try {
      const admin = { name: config.adminUserName, password: app.madePassword ?? config.adminPassword };
      const progress = showProgress(process.stderr);
      const { dataSource } = database;
      const report = await fillDemo({ url: app.url, admin, database: dataSource, now: new Date(), progress });
      tellDemo(report, `${admin.name} with the password ${app.madePassword ?? "of ADMIN_PASSWORD"}`);
    } finally {
      await app.stop();
    }
  } finally {
    await database.close();
  }
}

function tellDemo({ made, signIns, secret, call }: DemoReport, admin: string): void {
  const question = JSON.stringify({ credential: secret, api: call });
  say(`Made ${made}.`);
  say(`Sign in as ${admin}, or as ${signIns}.`);
  say("Start the server with npm start, and ask it about a key of the web shop:");
  say(`curl -s http://127.0.0.1:4000/v1/verify -H 'content-type: application/json' -d '${question}'`);
}

/** Of `migrate --grant-to <role>`. */
function grantedRole(args: readonly string[]): string | undefined {
  if (args.length === 0) return undefined;
  const [option, role, ...others] = args;
  if (option !== "--grant-to" || !role || others.length > 0) {
    throw new ConfigError("migrate takes nothing, or --grant-to and the name of one role.");
  }
  return role;
}

async function restoredOnly(args: readonly string[]): Promise<void> {
  await restored(args, loadConfig(process.env), say);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** What the operator can mend is told in a sentence, anything else with its stack. */
function fail(error: unknown): never {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

function explain(error: unknown): string {
  if (error instanceof DemoError) return error.message;
  if (error instanceof RestoreError) return `Nothing was changed. ${error.message}`;
  const foreseen = [ConfigError, EmbeddedPostgresError, DatabaseError, RestoredError, KeyRingError, GrantError];
  if (foreseen.some((kind) => error instanceof kind)) return `Latchkey cannot start. ${(error as Error).message}`;
  const { code, address, port } = error as { code?: string; address?: string; port?: number };
  if (code === "EADDRINUSE")
    return `Latchkey cannot start. PORT ${port} of ${address} is taken. Stop what listens there or set PORT.`;
  if (code === "EADDRNOTAVAIL") return `Latchkey cannot start. HOST ${address} is not an address of this machine.`;
  if (code === "EACCES" && port !== undefined)
    return `Latchkey cannot start. PORT ${port} needs rights that this user lacks. Set PORT.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const [command, ...args] = process.argv.slice(2);
if (command === undefined) await start().catch(fail);
else if (command === "migrate") await migrateOnly(args).catch(fail);
else if (command === "demo") await demo().catch(fail);
else if (command === "restored") await restoredOnly(args).catch(fail);
else fail(new ConfigError(`There is no command "${command}": give none to serve, or migrate, restored or demo.`));
