import { invalidRequest, OAuthError } from "./oauth-error.js";

export const FORM_TYPE = "application/x-www-form-urlencoded";
export const FORM_BYTES_MAX = 16_384;

const PAIRS_MAX = 64;

/** RFC 6749, appendix A: the characters of a parameter, and how many of them make sense. */
interface Grammar {
  readonly pattern: RegExp;
  readonly lengthMax: number;
}

const visible = (lengthMax: number): Grammar => ({ pattern: /^[\x20-\x7e]+$/, lengthMax });
const token = (lengthMax: number): Grammar => ({ pattern: /^[\x21-\x7e]+$/, lengthMax });
/** Also what people type: anything but control characters. */
const text = (lengthMax: number): Grammar => ({ pattern: /^[^\p{Cc}\p{Cs}]+$/u, lengthMax });

const GRAMMAR = {
  client_id: token(100),
  client_secret: text(512),
  grant_type: token(200),
  response_type: visible(100),
  response_mode: token(100),
  /** Scope tokens with single spaces between them, without quote and backslash (section 3.3). */
  scope: { pattern: /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/, lengthMax: 4_096 },
  state: visible(2_048),
  redirect_uri: token(2_048),
  code: visible(512),
  code_verifier: token(512),
  code_challenge: token(512),
  code_challenge_method: token(100),
  username: text(512),
  password: text(512),
  refresh_token: visible(512),
  token: text(2_048),
  token_type_hint: token(100),
  /** Of the forms of the pages. */
  form_token: token(200),
  action: token(50),
} satisfies Readonly<Record<string, Grammar>>;

export type ParameterName = keyof typeof GRAMMAR;

/**
 * The parameters of a request as far as it has a use for them; others are ignored (RFC 6749 sections 3.1 and 3.2). One that
 * is bad is refused when it is asked for, so that it can be known first where to send the refusal.
 */
export class OAuthParameters<Name extends ParameterName> {
  private readonly found = new Map<Name, string>();
  private readonly problems = new Map<Name, OAuthError>();

  constructor(
    pairs: readonly (readonly [string, string])[],
    private readonly names: readonly Name[],
  ) {
    const seen = new Set<Name>();
    for (const [name, value] of pairs) {
      if (!isOneOf(names, name)) continue;
      if (seen.has(name)) this.problems.set(name, invalidRequest(`The parameter ${name} stands more than once.`));
      else this.take(name, value);
      seen.add(name);
    }
  }

  /** Undefined: left out, or empty, which is the same. */
  get(name: Name): string | undefined {
    const problem = this.problems.get(name);
    if (problem !== undefined) throw problem;
    return this.found.get(name);
  }

  need(name: Name): string {
    const value = this.get(name);
    if (value === undefined) throw invalidRequest(`The parameter ${name} is missing.`);
    return value;
  }

  /** Refuses the request for any parameter that is bad. */
  check(): this {
    for (const name of this.names) this.get(name);
    return this;
  }

  private take(name: Name, value: string): void {
    const { pattern, lengthMax }: Grammar = GRAMMAR[name];
    if (value === "") return;
    if (value.length > lengthMax) this.problems.set(name, bad(name, `has more than ${lengthMax} characters`));
    else if (!pattern.test(value)) this.problems.set(name, bad(name, "has characters that it must not have"));
    else this.found.set(name, value);
  }
}

/** Of a value that comes by another way. */
export function isWellFormed(name: ParameterName, value: string): boolean {
  const { pattern, lengthMax }: Grammar = GRAMMAR[name];
  return value.length <= lengthMax && pattern.test(value);
}

/** A malformed scope has a word of its own (RFC 6749 section 5.2). */
function bad(name: ParameterName, problem: string): OAuthError {
  return new OAuthError(name === "scope" ? "invalid_scope" : "invalid_request", `The parameter ${name} ${problem}.`);
}

/** Of a body, by its content type. */
export function readForm<Name extends ParameterName>(
  contentType: string | undefined,
  body: Buffer,
  names: readonly Name[],
): OAuthParameters<Name> {
  if (!isForm(contentType)) throw invalidRequest(`Send the parameters as ${FORM_TYPE} in UTF-8.`);
  return read(body, names);
}

/** Of a URL: what stands after its question mark. */
export function readQuery<Name extends ParameterName>(url: string, names: readonly Name[]): OAuthParameters<Name> {
  const start = url.indexOf("?");
  const query = Buffer.from(start < 0 ? "" : url.slice(start + 1), "latin1");
  if (query.length > FORM_BYTES_MAX) throw invalidRequest(`The query has more than ${FORM_BYTES_MAX} bytes.`);
  return read(query, names);
}

/** One part of `application/x-www-form-urlencoded`; also of the two halves of Basic (RFC 6749 section 2.3.1). */
export function decodeFormPart(encoded: string): string {
  try {
    return decodeURIComponent(encoded.replaceAll("+", " "));
  } catch {
    throw invalidRequest("Something is not percent-encoded as UTF-8 must be.");
  }
}

/** The media type, with no other charset than UTF-8. */
export function isForm(contentType: string | undefined): boolean {
  const [type = "", ...parameters] = (contentType ?? "").toLowerCase().split(";");
  return (
    type.trim() === FORM_TYPE &&
    parameters.every((each) => !/^\s*charset\s*=/.test(each) || /^\s*charset\s*=\s*"?utf-?8"?\s*$/.test(each))
  );
}

function read<Name extends ParameterName>(encoded: Buffer, names: readonly Name[]): OAuthParameters<Name> {
  const parts = utf8In(encoded).split("&", PAIRS_MAX + 1);
  if (parts.length > PAIRS_MAX) throw invalidRequest(`There are more than ${PAIRS_MAX} parameters.`);
  return new OAuthParameters(parts.filter((part) => part !== "").map(pairOf), names);
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function utf8In(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw invalidRequest("The parameters are no UTF-8.");
  }
}

function pairOf(part: string): readonly [string, string] {
  const at = part.indexOf("=");
  return at < 0 ? [decodeFormPart(part), ""] : [decodeFormPart(part.slice(0, at)), decodeFormPart(part.slice(at + 1))];
}

function isOneOf<Name extends string>(names: readonly Name[], name: string): name is Name {
  return (names as readonly string[]).includes(name);
}
