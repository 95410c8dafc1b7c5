import pino, { type DestinationStream, type Logger } from "pino";

/**
 * JSON lines. Whatever ends up in a line, from whichever error or library, is masked as the last step: full secrets
 * keep their lookup id, URLs lose their password, and fields that carry secrets by name are cut.
 */
export function createLogger(level: string, brand: string, destination?: DestinationStream): Logger {
  const secret = new RegExp(`\\b(${brand}_[a-z]{2,3}_[0-9A-Za-z]{12})[0-9A-Za-z]{38}`, "g");
  return pino(
    {
      level,
      base: { app: "latchkey" },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: REDACTED.flatMap((name) => [name, `*.${name}`]), censor: "[redacted]" },
      hooks: {
        streamWrite: (line) =>
          line
            .replace(secret, "$1…")
            .replace(/\bwhsec_[A-Za-z0-9+/]{24,}=*/g, "whsec_…")
            .replace(/(\w+:\/\/[^:@/\s"]*):[^@/\s"]+@/g, "$1:[redacted]@"),
      },
    },
    destination,
  );
}

const REDACTED = [
  "authorization",
  "cookie",
  "credential",
  "digest",
  "password",
  "passwordConfirmation",
  "passwordDigest",
  "secret",
  "token",
];
