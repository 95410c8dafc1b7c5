import { createHash, timingSafeEqual } from "node:crypto";

/** The plain method would show the verifier to whoever sees the request (RFC 9700 section 2.1.1). */
export const CODE_CHALLENGE_METHOD = "S256";

/** A SHA-256 in base64url (RFC 7636 section 4.2). */
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

/** RFC 7636 section 4.1. */
const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;

export function isCodeChallenge(text: string): boolean {
  return CHALLENGE.test(text);
}

export function isCodeVerifier(text: string): boolean {
  return VERIFIER.test(text);
}

/** Whether the challenge was made from this verifier (RFC 7636 section 4.6). */
export function provesChallenge(verifier: string, challenge: string): boolean {
  if (!isCodeVerifier(verifier) || !isCodeChallenge(challenge)) return false;
  const made = createHash("sha256").update(verifier, "ascii").digest("base64url");
  return timingSafeEqual(Buffer.from(made), Buffer.from(challenge));
}
