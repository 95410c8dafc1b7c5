import { conflict, type FieldProblem } from "../errors.js";
import { HashFormat, type ImportApiKeyInput } from "./import-keys.types.js";

const HASH_BYTES = 32;

/** The bytes of an imported hash, or what is wrong with it. */
export function readHash({
  hash,
  hashFormat = HashFormat.SHA256_HEX,
}: Pick<ImportApiKeyInput, "hash" | "hashFormat">): Buffer | FieldProblem {
  if (hashFormat === HashFormat.SHA256_HEX) {
    if (/^[0-9a-f]{64}$/i.test(hash)) return Buffer.from(hash, "hex");
    return { path: "hash", message: "must have 64 hexadecimal digits" };
  }
  // Node reads both alphabets.
  const bytes = /^[A-Za-z0-9+/_-]{43}=?$/.test(hash) ? Buffer.from(hash, "base64") : undefined;
  return bytes?.length === HASH_BYTES ? bytes : { path: "hash", message: "must be 32 bytes in base64 or base64url" };
}

export function hashTaken() {
  return conflict("hash", "a key with this hash was imported before, or stands earlier in the list");
}
