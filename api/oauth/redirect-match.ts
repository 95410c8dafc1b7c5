/** A literal address: what `localhost` leads to is for its machine to say (RFC 8252 section 8.3). */
const LOOPBACK = /^http:\/\/(127\.0\.0\.1|\[::1\])(?::([1-9]\d{0,4}))?((?:[/?].*)?)$/;

/**
 * Whether somebody may be sent there: to the letter where the client has said (RFC 9700 section 2.1), but that a program on
 * the user's own machine listens at whatever port it was given (RFC 8252 section 7.3).
 */
export function isRegisteredRedirect(registered: readonly string[], given: string): boolean {
  if (registered.includes(given)) return true;
  const anyPort = withoutPort(given);
  return anyPort !== undefined && registered.some((each) => withoutPort(each) === anyPort);
}

/** Of a loopback address; undefined for any other. */
function withoutPort(url: string): string | undefined {
  const [, host, port, rest] = LOOPBACK.exec(url) ?? [];
  if (host === undefined || Number(port ?? 80) > 65_535) return undefined;
  return host + rest;
}
