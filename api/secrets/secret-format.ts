import { crc32 } from "node:zlib";

/** What a secret is for; it stands in its second part. `at`, `rt` and `ac` are OAuth's tokens and authorization codes. */
export const SECRET_KINDS = ["key", "at", "rt", "ac", "ss", "gw"] as const;
export type SecretKind = (typeof SECRET_KINDS)[number];

/** Source of random bytes, an argument so that tests can choose it. */
export type RandomBytes = (size: number) => Buffer;

export interface MintedSecret {
  /** The full text, shown to its holder once. */
  readonly text: string;
  /** The public part, by which the record is found. */
  readonly lookupId: string;
}

export interface ParsedSecret {
  readonly kind: SecretKind;
  readonly lookupId: string;
}

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LOOKUP_ID_LENGTH = 12;
const SECRET_LENGTH = 32;
const CHECKSUM_LENGTH = 6;
const BODY = new RegExp(`^[0-9A-Za-z]{${LOOKUP_ID_LENGTH + SECRET_LENGTH + CHECKSUM_LENGTH}}$`);

/** The largest multiple of 62 below 256: bytes from it on are thrown away, else some letters would come more often. */
const UNBIASED_BYTE_LIMIT = 248;

/** `<brand>_<kind>_<lookupId:12><secret:32><checksum:6>`: 32 letters of base62 hold 190 random bits. */
export function mintSecret(brand: string, kind: SecretKind, randomBytes: RandomBytes): MintedSecret {
  const lookupId = randomText(LOOKUP_ID_LENGTH, randomBytes);
  const unchecked = `${brand}_${kind}_${lookupId}${randomText(SECRET_LENGTH, randomBytes)}`;
  return { text: unchecked + checksum(unchecked), lookupId };
}

/** Checks shape and checksum without I/O, so that a mistyped or invented secret costs no look-up. */
export function parseSecret(brand: string, text: string): ParsedSecret | undefined {
  const parts = text.split("_");
  if (parts.length !== 3 || parts[0] !== brand) return undefined;
  const kind = SECRET_KINDS.find((each) => each === parts[1]);
  const body = parts[2];
  if (kind === undefined || body === undefined || !BODY.test(body)) return undefined;
  if (checksum(text.slice(0, -CHECKSUM_LENGTH)) !== text.slice(-CHECKSUM_LENGTH)) return undefined;
  return { kind, lookupId: body.slice(0, LOOKUP_ID_LENGTH) };
}

/** The form that lists and mails may show. */
export function maskSecret(brand: string, kind: SecretKind, lookupId: string): string {
  return `${brand}_${kind}_${lookupId}…`;
}

/** Secrets of any brand, whole or cut off, as far as they go beyond their lookup id. */
const SECRET_TEXT = new RegExp(
  `\\b([a-z][a-z0-9]*_(?:${SECRET_KINDS.join("|")})_[0-9A-Za-z]{${LOOKUP_ID_LENGTH}})[0-9A-Za-z]+`,
  "g",
);

/** A text that may quote what somebody sent, with every secret in it cut to its lookup id. */
export function withoutSecrets(text: string): string {
  return text.replace(SECRET_TEXT, "$1…");
}

function checksum(text: string): string {
  let rest = crc32(text);
  let encoded = "";
  for (let position = 0; position < CHECKSUM_LENGTH; position++) {
    encoded = ALPHABET.charAt(rest % ALPHABET.length) + encoded;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return encoded;
}

function randomText(length: number, randomBytes: RandomBytes): string {
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length - text.length)) {
      if (byte < UNBIASED_BYTE_LIMIT) text += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return text;
}
