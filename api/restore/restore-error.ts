/** What the operator stated about a restore cannot be done; the message says why, and the remedy. */
export class RestoreError extends Error {
  override readonly name = "RestoreError";
}
