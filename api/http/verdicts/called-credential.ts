import type { Credentials } from "../../verification/demand.js";
import { type CallHeaders, isBearer } from "./call-headers.js";

const MORE_THAN_ONE: Credentials = { problem: "More than one credential was sent. Send exactly one." };

/**
 * The credential that a call carries: in the API key's header, as a Bearer token (RFC 6750 section 2.1), or where else it
 * was found. The same one may stand in two places; two of them, or a header that came twice, are refused, or a second
 * credential could pass unseen.
 */
export function credentialIn(headers: CallHeaders, elsewhere: readonly (string | undefined)[]): Credentials {
  const { apiKey, authorization, repeated } = headers;
  if (repeated?.includes("apiKey") || repeated?.includes("authorization")) return MORE_THAN_ONE;
  let found = apiKey === undefined || apiKey === "" ? undefined : apiKey;
  const bearer = authorization !== undefined && isBearer(authorization) ? authorization.trim().slice(6).trim() : "";
  for (const each of bearer === "" ? elsewhere : [bearer, ...elsewhere]) {
    if (each === undefined || each === "" || each === found) continue;
    if (found !== undefined) return MORE_THAN_ONE;
    found = each;
  }
  return found;
}
