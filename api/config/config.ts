import type { LogLevel } from "./readers.js";
import { EnvironmentReader } from "./readers.js";

/** One version of the key material: the pepper of digests and the key of the vault are derived from it. */
export interface RingKey {
  readonly version: number;
  readonly material: Buffer;
}

/** Undefined, or false: it is not looked for. */
export interface AnomalyConfig {
  readonly learningDays: number;
  readonly quietMinutes: number;
  readonly addresses: boolean;
  readonly burst: { readonly factor: number; readonly calls: number; readonly minutes: number } | undefined;
  readonly refusals: { readonly percent: number; readonly calls: number; readonly minutes: number } | undefined;
  readonly silenceDays: number | undefined;
}

export interface Config {
  readonly host: string;
  readonly port: number;
  /** Under which its users reach it, without a trailing slash. Undefined: where it listens. */
  readonly publicUrl: string | undefined;
  /** Undefined: the embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly adminUserName: string;
  /** Undefined: a random one, printed once when the first administrator is made. */
  readonly adminPassword: string | undefined;
  /** Undefined: made on first start and kept in `dataDir`. */
  readonly keyRing: readonly RingKey[] | undefined;
  readonly secretBrand: string;
  /** Networks whose forwarding headers are believed. */
  readonly trustedProxies: readonly string[];
  /** Networks that may ask for verdicts. */
  readonly verifyNetworks: readonly string[];
  /** Undefined: mails are kept in the outbox for an administrator to read. */
  readonly smtp: { readonly url: string; readonly from: string } | undefined;
  /** The longest life of an API key, in days after its effective date. Undefined: any. */
  readonly apiKeyLifeDaysMax: number | undefined;
  /** After how many days without use a key's owner is warned, and the key switched off. Undefined: never. */
  readonly unusedKeys: { readonly warnDays: number | undefined; readonly disableDays: number | undefined };
  /** For how many days calls are counted by minute, hour and day. */
  readonly usageLife: { readonly minutesDays: number; readonly hoursDays: number; readonly daysDays: number };
  /** For how many days each call is kept, for somebody to look it up. 0: none is. */
  readonly recentCallsDays: number;
  /** How many calls a node keeps in a second; those beyond are only counted. */
  readonly recentCallsPerSecond: number;
  /** What counts as an unusual use of a key or of a client's tokens. */
  readonly anomalies: AnomalyConfig;
  /** Whether webhooks may lead to private addresses and to this machine. */
  readonly webhookPrivateNetworks: boolean;
  /** The header in which API keys are sent, in lower case. */
  readonly apiKeyHeader: string;
  /** How many credentials are kept in memory. */
  readonly verdictCacheRecords: number;
  /** Whether a credential in the query of the original URL (`?api_key=`) is read. */
  readonly queryCredentials: boolean;
  /** Whether clients may be given the password and implicit grants. */
  readonly allowLegacyGrants: boolean;
  /** Whether the schema may be introspected without signing in. */
  readonly publicIntrospection: boolean;
  readonly logLevel: LogLevel;
}

/** Some variables are bad; the message names each with its remedy. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Reads every variable once, checks them together, and freezes the result. */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const read = new EnvironmentReader(environment);
  const burst = {
    calls: read.optionalInteger("ANOMALY_BURST_CALLS", 1, 1_000_000) ?? 100,
    minutes: read.optionalInteger("ANOMALY_BURST_MINUTES", 1, 60) ?? 5,
  };
  const refusals = {
    calls: read.optionalInteger("ANOMALY_REFUSALS_CALLS", 1, 1_000_000) ?? 20,
    minutes: read.optionalInteger("ANOMALY_REFUSALS_MINUTES", 1, 60) ?? 10,
  };
  const config: Config = {
    host: read.host("HOST", "127.0.0.1"),
    port: read.port("PORT", 4000),
    publicUrl: read.httpUrl("PUBLIC_URL"),
    databaseUrl: read.postgresUrl("DATABASE_URL"),
    dataDir: read.path("DATA_DIR", ".latchkey"),
    adminUserName: read.matching(
      "ADMIN_USER_NAME",
      "admin",
      /^[A-Za-z0-9_.@-]{1,50}$/,
      "1 to 50 of A-Z a-z 0-9 _ . @ -",
    ),
    adminPassword: read.password("ADMIN_PASSWORD"),
    keyRing: read.keyRing("LATCHKEY_KEY_RING"),
    secretBrand: read.matching("SECRET_BRAND", "lk", /^[a-z][a-z0-9]{0,9}$/, "1 to 10 of a-z 0-9, a letter first"),
    trustedProxies: read.networks("TRUSTED_PROXIES", "loopback"),
    verifyNetworks: read.networks("VERIFY_NETWORKS", "loopback"),
    smtp: read.smtp("SMTP_URL", "MAIL_FROM"),
    apiKeyLifeDaysMax: read.optionalInteger("API_KEY_LIFE_DAYS_MAX", 1, 36_500),
    unusedKeys: read.unusedKeys("UNUSED_KEY_WARN_DAYS", "UNUSED_KEY_DISABLE_DAYS"),
    usageLife: {
      minutesDays: read.optionalInteger("USAGE_MINUTES_DAYS", 1, 90) ?? 8,
      hoursDays: read.optionalInteger("USAGE_HOURS_DAYS", 1, 3_650) ?? 400,
      daysDays: read.optionalInteger("USAGE_DAYS_DAYS", 1, 36_500) ?? 3_650,
    },
    recentCallsDays: read.optionalInteger("RECENT_CALLS_DAYS", 0, 366) ?? 7,
    recentCallsPerSecond: read.optionalInteger("RECENT_CALLS_PER_SECOND", 1, 20_000) ?? 2_000,
    anomalies: {
      learningDays: read.optionalInteger("ANOMALY_LEARNING_DAYS", 0, 90) ?? 7,
      quietMinutes: read.optionalInteger("ANOMALY_QUIET_MINUTES", 60, 10_080) ?? 360,
      addresses: read.flag("ANOMALY_ADDRESSES", true),
      burst: whereOn(read.optionalInteger("ANOMALY_BURST_FACTOR", 0, 1_000) ?? 5, (factor) => ({ factor, ...burst })),
      refusals: whereOn(read.optionalInteger("ANOMALY_REFUSALS_PERCENT", 0, 100) ?? 50, (percent) => ({
        percent,
        ...refusals,
      })),
      silenceDays: whereOn(read.optionalInteger("ANOMALY_SILENCE_DAYS", 0, 3_650) ?? 30, (days) => days),
    },
    webhookPrivateNetworks: read.flag("WEBHOOK_PRIVATE_NETWORKS", false),
    apiKeyHeader: read.headerName("API_KEY_HEADER", "X-API-Key"),
    verdictCacheRecords: read.optionalInteger("VERDICT_CACHE_RECORDS", 1, 10_000_000) ?? 100_000,
    queryCredentials: read.flag("QUERY_CREDENTIALS", false),
    allowLegacyGrants: read.flag("ALLOW_LEGACY_GRANTS", false),
    publicIntrospection: read.flag("PUBLIC_INTROSPECTION", false),
    logLevel: read.logLevel("LOG_LEVEL", "info"),
  };
  if (read.problems.length > 0) throw new ConfigError(`Invalid environment:\n  ${read.problems.join("\n  ")}`);
  return Object.freeze(config);
}

/** 0 switches off. */
function whereOn<T>(threshold: number, rules: (threshold: number) => T): T | undefined {
  return threshold === 0 ? undefined : rules(threshold);
}
