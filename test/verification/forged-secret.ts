import { randomBytes } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

function letters(count: number): string {
  return Array.from(randomBytes(count), (byte) => ALPHABET.charAt(byte % 62)).join("");
}

/** A key's secret that nobody was given, in the right form. With the lookup id of a key, or one that nobody has. */
export function forgeSecret(lookupId = letters(12)): string {
  return withChecksum(`lk_key_${lookupId}${letters(32)}`);
}

/** Makes the checksum of a text as the contract says: CRC-32, base62, six letters. */
export function withChecksum(text: string): string {
  let crc = 0xffffffff;
  for (const byte of Buffer.from(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  let rest = (crc ^ 0xffffffff) >>> 0;
  let checksum = "";
  for (; rest > 0; rest = Math.floor(rest / 62)) checksum = ALPHABET.charAt(rest % 62) + checksum;
  return text + checksum.padStart(6, "0");
}
