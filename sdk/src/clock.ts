/** A clock that nobody sets back, where the platform has one. */
export function nowMs(): number {
  return typeof performance === "undefined" ? Date.now() : performance.now();
}
