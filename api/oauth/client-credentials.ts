import { invalidRequest, OAuthError } from "./oauth-error.js";
import { decodeFormPart, isWellFormed, type OAuthParameters } from "./parameters.js";

export interface ClientCredentials {
  readonly clientId: string;
  readonly secret: string;
}

/** RFC 6749 section 5.2: with 401, and the scheme that the client may use. */
const CHALLENGE = { "www-authenticate": 'Basic realm="latchkey", charset="UTF-8"' };

type Readable = Pick<OAuthParameters<"client_id" | "client_secret">, "get">;

export function invalidClient(description: string): OAuthError {
  return new OAuthError("invalid_client", description, { headers: CHALLENGE });
}

/** What a client authenticates with (RFC 6749 section 2.3.1): by one method, and not by two. */
export function credentialsIn(authorization: readonly string[], parameters: Readable): ClientCredentials {
  const [header, ...others] = authorization;
  const clientId = parameters.get("client_id");
  const secret = parameters.get("client_secret");
  if (others.length > 0) throw invalidRequest("There is more than one Authorization header.");
  if (header === undefined) {
    if (clientId === undefined || secret === undefined)
      throw invalidClient("Send the client's id and its password: by Basic, or as client_id and client_secret.");
    return { clientId, secret };
  }
  if (secret !== undefined) throw invalidRequest("The client authenticates by two methods. Use exactly one.");
  const found = basicCredentials(header);
  if (clientId !== undefined && clientId !== found.clientId)
    throw invalidRequest("The parameter client_id names another client than the Authorization header.");
  return found;
}

function basicCredentials(header: string): ClientCredentials {
  const encoded = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(header.trim())?.[1];
  if (encoded === undefined)
    throw invalidClient("The Authorization header is not Basic with a client id and password.");
  const bytes = Buffer.from(encoded, "base64");
  const [, id, password] = /^([^:]*):(.*)$/s.exec(bytes.toString("latin1")) ?? [];
  if (id === undefined || password === undefined) throw invalidClient("There is no colon in the Basic credentials.");
  const clientId = decoded(id);
  const secret = decoded(password);
  if (!isWellFormed("client_id", clientId) || !isWellFormed("client_secret", secret))
    throw invalidClient("The client's id or its password is wrong.");
  return { clientId, secret };
}

/** Each half is form-encoded of itself; what is beyond ASCII and stands as it is, is UTF-8. */
function decoded(half: string): string {
  try {
    return decodeFormPart(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(half, "latin1")));
  } catch {
    throw invalidClient("The client id and password of Basic must be form-encoded, each by itself.");
  }
}
