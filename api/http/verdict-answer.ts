import type { Allowed, Refused } from "../verification/verdict.js";
import { type Problem, titleOf } from "./problem.js";

/** Facts for the upstream. All names stand in every answer, so that a caller's own header is always written over. */
export function identityHeaders({
  client,
  user,
  credential,
  groups,
  scopes,
  requestId,
}: Allowed): Record<string, string> {
  return {
    "x-request-id": requestId,
    "x-latchkey-client-id": client?.clientId ?? "",
    "x-latchkey-key-id": credential.id,
    "x-latchkey-user-name": user?.userName ?? "",
    "x-latchkey-groups": groups.map(asHeaderItem).join(","),
    "x-latchkey-scopes": scopes.join(" "),
    "x-latchkey-priority": client ? String(client.priority) : "",
  };
}

/** RFC 6750 section 3.1 has a word for each refusal that a new credential, or a wider one, would mend. */
export function refusalHeaders({ code, retryAfterSeconds }: Refused): Record<string, string> {
  switch (code) {
    case "MISSING":
      return { "www-authenticate": 'Bearer realm="latchkey"', "x-latchkey-code": code };
    case "GROUP_DENIED":
    case "SCOPE_DENIED":
      return { "www-authenticate": 'Bearer realm="latchkey", error="insufficient_scope"', "x-latchkey-code": code };
    case "MALFORMED":
    case "NOT_FOUND":
    case "NOT_YET_EFFECTIVE":
    case "EXPIRED":
    case "REVOKED":
    case "DISABLED":
    case "ROTATED_OUT":
      return { "www-authenticate": 'Bearer realm="latchkey", error="invalid_token"', "x-latchkey-code": code };
    case "UNDECIDED":
      return { "retry-after": "1", "x-latchkey-code": code };
    case "OUTSIDE_SERVICE_TIME":
      return { "retry-after": String(retryAfterSeconds), "x-latchkey-code": code };
    case "OWNER_DISABLED":
    case "OWNER_LOCKED":
    case "OWNER_NOT_IN_FORCE":
    case "ADDRESS_NOT_ALLOWED":
    case "API_UNKNOWN":
      return { "x-latchkey-code": code };
  }
}

export function refusalProblem({ code, message, requestId, retryAfterSeconds }: Refused, status: number): Problem {
  const type = `urn:latchkey:verdict:${code}`;
  const problem = { type, title: titleOf(status), status, detail: message, code, requestId };
  return retryAfterSeconds === undefined ? problem : { ...problem, retryAfterSeconds };
}

/** Group names may hold any letter: what a header cannot carry, and the separator, are percent-encoded. */
function asHeaderItem(name: string): string {
  return name.replace(/[^\x21-\x24\x26-\x2b\x2d-\x7e]/gu, (character) => encodeURIComponent(character));
}
