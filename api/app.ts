import "reflect-metadata";
import { randomBytes } from "node:crypto";
import { lookup } from "node:dns/promises";
import { fileURLToPath } from "node:url";
import type { Logger } from "pino";
import { SYSTEM_ACTOR } from "./access/actor.js";
import { Authenticator } from "./access/authenticate.js";
import { AuditEventService } from "./audit/audit-event.service.js";
import { Chainer } from "./audit/chainer.js";
import { exportEvents } from "./audit/export-events.js";
import { readExportQuery } from "./audit/read-export-query.js";
import { resolversOf } from "./build-resolvers.js";
import type { Config } from "./config/config.js";
import { parseKeyRing } from "./config/readers.js";
import { createOAuth } from "./create-oauth.js";
import { checkKeyRing } from "./database/check-key-ring.js";
import { checkHome } from "./database/home.js";
import { newId } from "./database/new-id.js";
import { openDatabase } from "./database/open-database.js";
import { ApiError } from "./errors.js";
import { createApollo, type OnError } from "./graphql/apollo.js";
import { createLoaders } from "./graphql/loaders.js";
import { createSchema } from "./graphql/schema.js";
import { Subscriptions } from "./graphql/subscriptions.js";
import { auditExportRoute } from "./http/audit-export-route.js";
import { authorizationRoute } from "./http/authorization-route.js";
import { graphqlRoute } from "./http/graphql-route.js";
import { healthRoute } from "./http/health-route.js";
import { metricsRoute } from "./http/metrics.js";
import { oauthRoutes } from "./http/oauth-routes.js";
import { playgroundRoute } from "./http/playground-route.js";
import { createServer } from "./http/server.js";
import { shedSignIns } from "./http/shed-sign-ins.js";
import { throttledLog } from "./http/throttled-log.js";
import { verdictLog } from "./http/verdict-log.js";
import { Askers } from "./http/verdicts/asker.js";
import { verdictEndpoints } from "./http/verdicts/verdict-endpoints.js";
import { claimInTransactions } from "./idempotency/claim.js";
import { KeptAnswers } from "./idempotency/kept-answers.js";
import { KeyMails } from "./keys/key-mails.js";
import { ChangedKeys } from "./live/changed-keys.js";
import { UsagePulse } from "./live/usage-pulse.js";
import type { Change } from "./nodes/changes.js";
import { Outbox } from "./notifications/outbox.js";
import { KeyRing } from "./secrets/key-ring.js";
import { readOrMakeKeyRingFile } from "./secrets/key-ring-file.js";
import { passwordsAreBusyFor } from "./secrets/passwords.js";
import { startJobs } from "./start-jobs.js";
import { startNode } from "./start-node.js";
import { ClientAuthentication } from "./tokens/authenticate-client.js";
import { PasswordResetRequests } from "./users/request-password-reset.js";
import { UserService } from "./users/user.service.js";
import { Reachable } from "./webhooks/public-address.js";

const PLAYGROUND = fileURLToPath(new URL("../playground", import.meta.url));

export interface AppOptions {
  readonly config: Config;
  readonly logger: Logger;
  /** This machine's clock; the database's says how far it is off. */
  readonly now?: () => Date;
}

export interface App {
  /** Where it listens. */
  readonly url: string;
  /** Of the first administrator, when this start made one with a random password. */
  readonly madePassword: string | undefined;
  /** Requests in flight get their answers, then everything closes. */
  stop(): Promise<void>;
}

/** Builds every object once, in order, and listens. Whatever was opened is closed again when a later step fails. */
export async function startApp({ config, logger, now: ownNow = () => new Date() }: AppOptions): Promise<App> {
  const closing: (() => unknown)[] = [];
  const closeAll = async (): Promise<void> => {
    for (let close = closing.pop(); close; close = closing.pop()) await close();
  };
  try {
    const database = await openDatabase(config.databaseUrl, config.dataDir);
    closing.push(() => database.close());
    logger.info({ database: database.origin, migrated: database.migrated }, "database ready");

    // Before anything is written: what it holds may have been taken away since.
    const warning = await checkHome((statement, values) => database.dataSource.query(statement, values));
    if (warning) logger.warn(warning);

    const keyRing = new KeyRing(config.keyRing ?? parseKeyRing(await readOrMakeKeyRingFile(config.dataDir)));
    claimInTransactions(database.dataSource);
    await checkKeyRing(database.dataSource, keyRing, ownNow());

    const keys = new ChangedKeys(database.dataSource);
    const onChanges = (changes: readonly Change[]): void => keys.note(changes);
    const node = await startNode({ config, database, keyRing, logger, now: ownNow, closing, onChanges });
    const { now, lease, availability, verification, metrics } = node;
    const { secretBrand: brand } = config;

    const { dataSource } = database;
    const outbox = new Outbox(keyRing, config.smtp !== undefined);
    const keyMails = new KeyMails(outbox, brand);
    const reachable = new Reachable((hostName) => lookup(hostName, { all: true }), config.webhookPrivateNetworks);
    await startJobs({
      config,
      database: dataSource,
      keyRing,
      outbox,
      keyMails,
      reachable,
      metrics,
      now,
      logger,
      closing,
    });
    const resets = new PasswordResetRequests({
      database: dataSource,
      keyRing,
      outbox,
      publicUrl: config.publicUrl ?? `http://${config.host}:${config.port}`,
      onError: (error, requestId) => logger.error({ err: error, requestId }, "password reset failed"),
    });
    closing.push(() => resets.settle());
    const throttled = throttledLog(logger);
    const chainer = new Chainer({
      database: dataSource,
      keyRing,
      now,
      onCheckpoint: (auditCheckpoint) => logger.info({ auditCheckpoint }, "audit checkpoint"),
      isDatabaseUp: () => lease.holds(),
      onError: (error) => throttled("audit events unlinked", error),
    });
    closing.push(() => chainer.stop());
    chainer.start();
    const users = new UserService(dataSource);
    const auditEvents = new AuditEventService(dataSource);
    const clientAuthentication = new ClientAuthentication(dataSource, verification.clients);
    const keyPolicy = { lifeDaysMax: config.apiKeyLifeDaysMax };
    const parts = { dataSource, keyRing, brand, keyPolicy, keyMails, outbox, resets, users, auditEvents, reachable };
    // Where it listens is known when it does.
    let url = "";
    const publicUrl = (): string => config.publicUrl ?? url;
    const schema = createSchema(
      resolversOf({
        ...parts,
        verifier: verification.verifier,
        explainer: verification.explainer,
        clientAuthentication,
        allowLegacyGrants: config.allowLegacyGrants,
        apiKeyHeader: config.apiKeyHeader,
        publicUrl,
        listensAt: () => url,
      }),
    );
    const onError: OnError = (error, { bug, ...about }) =>
      bug
        ? logger.error({ err: error, ...about }, "failed")
        : logger.info({ ...refusalFacts(error), ...about }, "refused");
    const apollo = createApollo({
      schema,
      publicIntrospection: config.publicIntrospection,
      onError,
      onForbidden: (call, mutation) =>
        auditEvents
          .recordForbidden(call, mutation)
          .catch((error: unknown) => logger.error({ err: error, requestId: call.requestId }, "refusal unrecorded")),
      keptAnswers: new KeptAnswers(dataSource, keyRing),
      everywhere: () => node.acknowledgement.everywhere(),
    });
    await apollo.start();
    closing.push(() => apollo.stop());
    const usage = new UsagePulse(dataSource, now, (error) => logger.warn({ err: error }, "usage unread"));
    const live = { keys, usage };
    const subscriptions = new Subscriptions({ schema, publicIntrospection: config.publicIntrospection, onError });

    let stopping = false;
    const { apiKeyHeader, queryCredentials, trustedProxies } = config;
    const log = verdictLog(logger);
    const answersFirst = verdictEndpoints({
      verifier: verification.verifier,
      explainer: verification.explainer,
      askers: new Askers({ networks: config.verifyNetworks, trustedProxies, gatewayKeys: verification.gatewayKeys }),
      now: () => now().getTime(),
      apiKeyHeader,
      queryCredentials,
      onVerdict: log?.verdict,
      onAnswered: (call, status) => {
        const { request, route, startedAtMs } = call;
        metrics.durations.observe(request.method ?? "", route, status, performance.now() - startedAtMs);
        log?.answered(call, status);
      },
      onError: (error, requestId) => logger.error({ err: error, requestId }, "failed"),
    });
    const server = createServer({ answersFirst, logger, trustedProxies });
    // Streams end first: they would be waited for.
    closing.push(
      () => server.close(),
      () => keys.stop(),
      () => usage.stop(),
    );
    metricsRoute(server, metrics);
    healthRoute(server, { isDatabaseUp: () => lease.holds(), isStopping: () => stopping });
    const { digestUpgrades } = verification;
    const authenticator = new Authenticator(dataSource, keyRing, brand, node.sessionUse, digestUpgrades);
    const shed = shedSignIns(() => passwordsAreBusyFor("STRANGER"));
    graphqlRoute(server, {
      apollo,
      subscriptions,
      live,
      authenticator,
      createLoaders: () => createLoaders(dataSource),
      now,
      apiKeyHeader,
      availability,
      shedSignIns: shed,
    });
    const everywhere = (): Promise<void> => node.acknowledgement.everywhere();
    const { authorization, ...oauth } = createOAuth({
      config,
      database: dataSource,
      keyRing,
      verification,
      authenticator,
      clientAuthentication,
      issuer: publicUrl,
      everywhere,
    });
    authorizationRoute(server, { endpoint: authorization, now, availability, publicUrl, shedSignIns: shed });
    oauthRoutes(server, { ...oauth, now, availability });
    auditExportRoute(server, {
      authenticator,
      now,
      apiKeyHeader,
      availability,
      exportEvents: (query) => exportEvents(dataSource, readExportQuery(query), () => chainer.linkAll()),
    });
    playgroundRoute(server, { directory: PLAYGROUND });

    url = await server.listen({ host: config.host, port: config.port });
    // Last: a password that was made by a start that failed would be shown to nobody.
    const madePassword = await ensureAdministrator(users, config, now());
    return {
      url,
      madePassword,
      stop: async () => {
        stopping = true;
        await closeAll();
        logger.info("stopped");
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** 1.1: the first start makes a system administrator. Returns the password when it had to be made up. */
async function ensureAdministrator(users: UserService, config: Config, now: Date): Promise<string | undefined> {
  const password = config.adminPassword ?? randomBytes(18).toString("base64url");
  const call = { actor: SYSTEM_ACTOR, requestId: newId(now), transactionRef: null, address: null, now };
  const made = await users.ensureAdministrator(call, config.adminUserName, password);
  return made && config.adminPassword === undefined ? password : undefined;
}

/** What graphql-js finds wrong with a request may quote what the request holds, so it stays out of the log. */
function refusalFacts(error: unknown): object {
  if (!(error instanceof ApiError)) return { code: "INVALID_INPUT" };
  return { code: error.code, reason: error.message, detail: error.detail };
}
