import { conflict } from "../errors.js";

/** What a caller reads when a constraint of the database refuses a row: the input path and the reason. */
export type Refusals = Readonly<Record<string, readonly [path: string, message: string]>>;

/**
 * Runs a write and turns the constraints it may meet into a CONFLICT. The database decides, not a look before the
 * write: two callers at once cannot both be told yes.
 */
export async function refusing<T>(refusals: Refusals, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const refusal = refusals[constraintOf(error) ?? ""];
    throw refusal ? conflict(...refusal) : error;
  }
}

function constraintOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("constraint" in error)) return undefined;
  return typeof error.constraint === "string" ? error.constraint : undefined;
}
