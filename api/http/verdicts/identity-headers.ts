import type { KnownCredential } from "../../verification/known-credential.js";
import type { HeaderLines } from "./raw-answer.js";

/** Facts for the upstream. All names stand in every answer, so that a caller's own header is always written over. */
export function identityHeaders(known: KnownCredential): HeaderLines {
  known.identity ??= linesOf(known);
  return known.identity;
}

function linesOf({ record: { id, client, user, groupNames, scopes } }: KnownCredential): HeaderLines {
  return [
    "x-latchkey-client-id",
    client?.clientId ?? "",
    "x-latchkey-key-id",
    id,
    "x-latchkey-user-name",
    user ? asHeaderItem(user.userName) : "",
    "x-latchkey-groups",
    groupNames.map(asHeaderItem).join(","),
    "x-latchkey-scopes",
    scopes.join(" "),
    "x-latchkey-priority",
    client ? String(client.priority) : "",
  ];
}

/** Group names may hold any letter: what a header cannot carry, and the separator, are percent-encoded. */
function asHeaderItem(name: string): string {
  return name.replace(/[^\x21-\x24\x26-\x2b\x2d-\x7e]/gu, (character) => encodeURIComponent(character));
}
