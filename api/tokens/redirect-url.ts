const VISIBLE_ASCII = /^[\x21-\x7e]+$/;
const HTTP = /^https?:\/\/([^/?]+)/;

/** RFC 8252 section 7.3, and `localhost`, which section 8.3 advises against but many programs use. */
const LOOPBACK = /^(?:127\.0\.0\.1|\[::1\]|localhost)(?::\d{1,5})?$/;

/** RFC 8252 section 7.1: a domain name of the program's maker, read backwards. */
const PRIVATE_USE = /^[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+:\//;

/**
 * What is wrong with a URL that browsers are sent back to; undefined: nothing. It is later compared letter by letter, and so
 * must read the same to everybody: what browsers and servers read in different ways is refused.
 */
export function redirectUrlProblem(text: string): string | undefined {
  if (!VISIBLE_ASCII.test(text))
    return "must consist of visible ASCII characters: encode others in percent or Punycode";
  if (/[\\<>"{}|^`]/.test(text)) return "must be a URL as RFC 3986 writes it";
  if (text.includes("#")) return "must not have a fragment";
  if (text.includes("*")) return "must not have a wildcard: it is matched to the letter";
  if (PRIVATE_USE.test(text)) return URL.canParse(text) ? authorityProblem(text) : "must be an absolute URL";
  const authority = HTTP.exec(text)?.[1];
  if (authority === undefined || !URL.canParse(text)) {
    return "must be an absolute URL: of https, of http at a loopback address, or of a scheme such as com.example.app";
  }
  if (authority.includes("@")) return "must not have a user name or a password";
  const isPlain = text.startsWith("http:");
  if (isPlain && !LOOPBACK.test(authority)) return "must be of https: http is for 127.0.0.1, [::1] and localhost only";
  return isWrittenPlainly(authority, text) ? undefined : "must name its host and port as browsers do, in lower case";
}

function authorityProblem(text: string): string | undefined {
  const [, authority = ""] = /^[^:]*:\/\/([^/?]*)/.exec(text) ?? [];
  return authority.includes("@") ? "must not have a user name or a password" : undefined;
}

/** `0x7f.1`, `EXAMPLE.com` and `%65xample.com` are read as another text. A default port may be told. */
function isWrittenPlainly(authority: string, text: string): boolean {
  const { host, protocol } = new URL(text);
  return authority === host || authority === `${host}:${protocol === "https:" ? 443 : 80}`;
}
