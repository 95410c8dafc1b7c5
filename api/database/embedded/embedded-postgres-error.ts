/** What is wrong and what to do about it, in words for the person who starts the server. */
export class EmbeddedPostgresError extends Error {
  override readonly name = "EmbeddedPostgresError";
}

export const OWN_SERVER = "set DATABASE_URL to a PostgreSQL server of your own";

const FULL = new Set(["ENOSPC", "EDQUOT"]);
const FORBIDDEN = new Set(["EACCES", "EPERM", "EROFS"]);
const NOT_A_DIRECTORY = new Set(["ENOTDIR", "EEXIST"]);

/** Puts whatever a start failed with into such words. */
export function explainFailure(error: unknown, dataDir: string): EmbeddedPostgresError {
  if (error instanceof EmbeddedPostgresError) return error;
  const code = systemErrorCode(error) ?? "";
  const where = error instanceof Error && "path" in error ? String(error.path) : dataDir;

  if (FULL.has(code)) return diskFull(dataDir, error);
  if (FORBIDDEN.has(code)) {
    return new EmbeddedPostgresError(
      `The data directory ${dataDir} is not usable: no permission for ${where} (${code}). ` +
        `Give the user that runs Latchkey write access, choose another DATA_DIR, or ${OWN_SERVER}.`,
      { cause: error },
    );
  }
  if (NOT_A_DIRECTORY.has(code)) {
    return new EmbeddedPostgresError(
      `The data directory ${dataDir} is not usable: it, or a part of its path, is a file (${where}). ` +
        `Choose another DATA_DIR, or ${OWN_SERVER}.`,
      { cause: error },
    );
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new EmbeddedPostgresError(
    `The embedded PostgreSQL in ${dataDir} did not start: ${reason}. Mend that, or ${OWN_SERVER}.`,
    { cause: error },
  );
}

/** The same for a program of PostgreSQL that gave up, from what it wrote. */
export function explainOutput(what: string, output: string, dataDir: string): EmbeddedPostgresError {
  if (/No space left on device|Disk quota exceeded|wrote only \d+ of|Check free disk space/.test(output))
    return diskFull(dataDir, output);
  const lastLines = output.trimEnd().split("\n").slice(-12).join("\n  ");
  return new EmbeddedPostgresError(`${what} Mend what it says, or ${OWN_SERVER}. Its last lines:\n  ${lastLines}`);
}

export function systemErrorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

function diskFull(dataDir: string, cause: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The disk that holds ${dataDir} is full. Free some space and start again, choose another DATA_DIR, or ${OWN_SERVER}.`,
    { cause },
  );
}
