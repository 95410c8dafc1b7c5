import { resolve } from "node:path";
import { compile } from "@fastify/proxy-addr";
import type { RingKey } from "./config.js";

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const KEY_BYTES_MIN = 32;

const TAKEN_HEADERS =
  /^(?:authorization|connection|content-.*|cookie|expect|forwarded|host|soapaction|te|transfer-encoding|upgrade|x-forwarded-.*|x-original-.*|x-latchkey-.*|x-request-id|x-transaction-ref)$/;

/** An address alone, or one in angle brackets after a name. */
const MAILBOX = /^(?:[^\s@<>,;:"]+@[^\s@<>,;:"]+|[^<>\p{Cc}]{1,100}<[^\s@<>,;:"]+@[^\s@<>,;:"]+>)$/u;

/** Reads typed values and collects every problem, so that one start names them all. An empty variable counts as unset. */
export class EnvironmentReader {
  readonly problems: string[] = [];

  constructor(private readonly environment: Readonly<Record<string, string | undefined>>) {}

  matching(name: string, fallback: string, pattern: RegExp, rule: string): string {
    const value = this.text(name) ?? fallback;
    if (!pattern.test(value)) this.refuse(name, `must be ${rule}`);
    return value;
  }

  host(name: string, fallback: string): string {
    return this.matching(name, fallback, /^[A-Za-z0-9.:_-]{1,253}$/, "an IP address or a host name, without a port");
  }

  /** In lower case, as it is compared. One that tells something else already cannot hold a key. */
  headerName(name: string, fallback: string): string {
    const value = (this.text(name) ?? fallback).toLowerCase();
    if (!/^[a-z0-9-]{1,50}$/.test(value) || TAKEN_HEADERS.test(value)) {
      this.refuse(name, "must be a header's name of 1 to 50 letters, digits and -, which has no other meaning");
    }
    return value;
  }

  port(name: string, fallback: number): number {
    const value = this.text(name);
    if (value === undefined) return fallback;
    if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) this.refuse(name, "must be a port number from 0 to 65535");
    return Number(value);
  }

  optionalInteger(name: string, min: number, max: number): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= min && number <= max)) this.refuse(name, `must be a whole number from ${min} to ${max}`);
    return number;
  }

  /** Nobody is switched off unwarned: the second limit is at least a week after the first. */
  unusedKeys(warn: string, disable: string): { warnDays: number | undefined; disableDays: number | undefined } {
    const warnDays = this.optionalInteger(warn, 1, 3_650);
    const disableDays = this.optionalInteger(disable, 8, 3_650);
    if (disableDays !== undefined && (warnDays === undefined || disableDays < warnDays + 7)) {
      this.refuse(disable, `must be at least 7 more than ${warn}, which must be set`);
    }
    return { warnDays, disableDays };
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.text(name);
    if (value !== undefined && value !== "true" && value !== "false") this.refuse(name, "must be true or false");
    return value === undefined ? fallback : value === "true";
  }

  path(name: string, fallback: string): string {
    return resolve(this.text(name) ?? fallback);
  }

  logLevel(name: string, fallback: LogLevel): LogLevel {
    const value = this.text(name) ?? fallback;
    const level = LOG_LEVELS.find((each) => each === value);
    if (level === undefined) this.refuse(name, `must be one of ${LOG_LEVELS.join(", ")}`);
    return level ?? fallback;
  }

  /** The value of a password never appears in a problem. */
  password(name: string): string | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (value.length < 8 || value.length > 128 || /\p{Cc}/u.test(value)) {
      this.refuse(name, "must have 8 to 128 characters and no control characters");
    }
    return value;
  }

  httpUrl(name: string): string | undefined {
    return this.url(name, ["http:", "https:"], "an http or https URL")?.replace(/\/+$/, "");
  }

  postgresUrl(name: string): string | undefined {
    return this.url(name, ["postgres:", "postgresql:"], "a URL such as postgresql://user:password@host:5432/database");
  }

  /** Both or neither: a server without a sender cannot send, and a sender without a server would be ignored. */
  smtp(urlName: string, fromName: string): { url: string; from: string } | undefined {
    const url = this.url(urlName, ["smtp:", "smtps:"], "a URL such as smtps://user:password@mail.example.com:465");
    const from = this.text(fromName);
    if (url === undefined && from === undefined) return undefined;
    if (url === undefined) this.refuse(urlName, `must be set together with ${fromName}`);
    if (from === undefined) this.refuse(fromName, `must be set together with ${urlName}`);
    else if (!MAILBOX.test(from)) this.refuse(fromName, "must be an address such as latchkey@example.com");
    return { url: url ?? "", from: from ?? "" };
  }

  networks(name: string, fallback: string): readonly string[] {
    const networks = (this.text(name) ?? fallback).split(",").map((entry) => entry.trim());
    const rule = "must be a comma-separated list of addresses, CIDR networks, or loopback, linklocal, uniquelocal";
    for (const network of networks) {
      try {
        compile(network);
      } catch {
        this.refuse(name, `${rule} (not "${network}")`);
      }
    }
    return networks;
  }

  keyRing(name: string): readonly RingKey[] | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    try {
      return parseKeyRing(value);
    } catch (error) {
      this.refuse(name, (error as Error).message);
      return undefined;
    }
  }

  private url(name: string, protocols: readonly string[], rule: string): string | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) this.refuse(name, `must be ${rule}`);
    return value;
  }

  private text(name: string): string | undefined {
    const value = this.environment[name];
    return value === "" ? undefined : value;
  }

  private refuse(name: string, problem: string): void {
    this.problems.push(`${name} ${problem}.`);
  }
}

/** Reads `1:base64,2:base64`. The message of what it throws says the rule and never the text. */
export function parseKeyRing(text: string): readonly RingKey[] {
  const keys = text.split(",").map((entry) => parseRingKey(entry.trim()));
  const known = keys.filter((key) => key !== undefined);
  if (known.length < keys.length || new Set(known.map((key) => key.version)).size < known.length) {
    const rule = `versions from 1 to 32767, each once, each with at least ${KEY_BYTES_MIN} bytes in base64`;
    throw new Error(`must read 1:base64,2:base64 with ${rule}`);
  }
  return known;
}

function parseRingKey(entry: string): RingKey | undefined {
  const match = /^(\d{1,5}):([A-Za-z0-9+/]+={0,2})$/.exec(entry);
  if (!match) return undefined;
  const version = Number(match[1]);
  const material = Buffer.from(match[2] ?? "", "base64");
  if (version < 1 || version > 32_767 || material.length < KEY_BYTES_MIN) return undefined;
  return { version, material };
}
