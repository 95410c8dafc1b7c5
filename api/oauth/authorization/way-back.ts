/** Where, and how, the user's browser is sent back to the client. */
export interface WayBack {
  readonly redirectUrl: string;
  /** Whether the request named it; else it is the only one that the client has. */
  readonly redirectUrlGiven: boolean;
  /** As the client sent it. */
  readonly state: string | undefined;
  /** Of the implicit grant (RFC 6749 section 4.2.2); else in the query (section 4.1.2). */
  readonly inFragment: boolean;
}

/** The answer as a URL: with the state, and with the issuer (RFC 9207), whichever way it goes. */
export function urlBack(way: WayBack, issuer: string, answer: Readonly<Record<string, string>>): string {
  const { redirectUrl, state, inFragment } = way;
  const parameters = new URLSearchParams({ ...answer, ...(state !== undefined && { state }), iss: issuer }).toString();
  if (inFragment) return `${redirectUrl}#${parameters}`;
  return `${redirectUrl}${redirectUrl.includes("?") ? "&" : "?"}${parameters}`;
}
