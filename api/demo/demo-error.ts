/** The demo cannot be made; the message says why. */
export class DemoError extends Error {
  override readonly name = "DemoError";
}
