import type { Logger } from "pino";
import type { DataSource } from "typeorm";
import type { Anomaly } from "./anomalies/anomaly.entity.js";
import { AnomalyMails } from "./anomalies/anomaly-mails.js";
import { forgetHabits } from "./anomalies/forget-habits.js";
import { watchAnomalies } from "./anomalies/watch-anomalies.js";
import type { Config } from "./config/config.js";
import type { Metrics } from "./http/metrics.js";
import { sendExpiryNotices } from "./hygiene/expiry-notices.js";
import { purge } from "./hygiene/purge.js";
import { tendUnusedKeys } from "./hygiene/unused-keys.js";
import { keepVault } from "./keys/keep-vault.js";
import type { KeyMails } from "./keys/key-mails.js";
import { sweepNodes } from "./nodes/sweep-nodes.js";
import { MailSender } from "./notifications/mail-sender.js";
import type { Outbox } from "./notifications/outbox.js";
import { Scheduler } from "./schedule/scheduler.js";
import type { KeyRing } from "./secrets/key-ring.js";
import { keepSavedTokens } from "./tokens/keep-saved-tokens.js";
import { alertQuotas } from "./usage/alert-quotas.js";
import { tendRecentCalls } from "./usage/tend-recent-calls.js";
import { dropOldUsage, foldUsage } from "./usage/tend-usage.js";
import { keepWebhookSecrets } from "./webhooks/keep-webhook-secrets.js";
import type { Reachable } from "./webhooks/public-address.js";
import { WebhookSender } from "./webhooks/webhook-sender.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export interface JobParts {
  readonly config: Config;
  readonly database: DataSource;
  readonly keyRing: KeyRing;
  readonly outbox: Outbox;
  readonly keyMails: KeyMails;
  readonly reachable: Reachable;
  readonly metrics: Metrics;
  readonly now: () => Date;
  readonly logger: Logger;
  /** Takes what has to be closed again, in the order in which it was opened. */
  readonly closing: (() => unknown)[];
}

/** Begins what nobody asks for: mails and webhooks are sent, and what is due is done. */
export async function startJobs(parts: JobParts): Promise<void> {
  const { config, database, keyRing, outbox, keyMails, reachable, metrics, now, logger, closing } = parts;
  if (config.smtp) {
    const onError = (error: unknown): void => logger.warn({ err: error }, "mails unsent");
    const sender = new MailSender({ database, outbox, smtp: config.smtp, now, onError });
    closing.push(() => sender.stop());
    sender.start();
  }
  const webhookSender = new WebhookSender({
    database,
    keyRing,
    reachable,
    now,
    onAttempt: (outcome) => metrics.countDelivery(outcome),
    onError: (error) => logger.warn({ err: error }, "webhooks unsent"),
  });
  closing.push(() => webhookSender.stop());
  webhookSender.start();
  const anomalyWatch = {
    database,
    rules: config.anomalies,
    mails: new AnomalyMails(outbox, config.secretBrand),
    onFound: ({ kind }: Anomaly) => metrics.countAnomaly(kind),
  };
  const scheduler = new Scheduler({
    database,
    jobs: [
      {
        name: "keep-vault",
        everyMs: HOUR_MS,
        run: async (at) => {
          await keepVault(database, keyRing, at);
          await keepSavedTokens(database, keyRing, at);
          await keepWebhookSecrets(database, keyRing, at);
        },
      },
      { name: "expiry-notices", everyMs: HOUR_MS, run: (at) => sendExpiryNotices(database, keyMails, at) },
      {
        name: "unused-keys",
        everyMs: HOUR_MS,
        run: (at) => tendUnusedKeys(database, keyMails, config.unusedKeys, at),
      },
      { name: "fold-usage", everyMs: 5 * MINUTE_MS, run: (at) => foldUsage(database, at) },
      { name: "alert-quotas", everyMs: MINUTE_MS, run: (at) => alertQuotas(database, outbox, at) },
      { name: "watch-anomalies", everyMs: MINUTE_MS, run: (at) => watchAnomalies(anomalyWatch, at) },
      { name: "forget-habits", everyMs: 24 * HOUR_MS, run: (at) => forgetHabits(database, at) },
      { name: "drop-old-usage", everyMs: HOUR_MS, run: (at) => dropOldUsage(database, config.usageLife, at) },
      {
        name: "recent-calls",
        everyMs: HOUR_MS,
        run: (at) => tendRecentCalls(database, config.recentCallsDays, at),
      },
      { name: "purge", everyMs: 24 * HOUR_MS, run: (at) => purge(database, at) },
      { name: "sweep-nodes", everyMs: MINUTE_MS, run: () => sweepNodes(database) },
    ],
    now,
    onError: (error, job) => logger.error({ err: error, job }, "job failed"),
  });
  closing.push(() => scheduler.stop());
  await scheduler.start();
}
