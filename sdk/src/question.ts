import type { VerifyRequest } from "./verdict.js";

/**
 * The same text for questions that one verdict answers. Undefined for one that stands alone: it asks for an explanation,
 * or has a reference by which the server's log shall know it.
 */
export function sameQuestion(request: VerifyRequest): string | undefined {
  const { credential, api, groups, scopes, address, cost, explain, transactionRef, ...unknown } = request;
  if (explain === true || transactionRef !== undefined || Object.keys(unknown).length > 0) return undefined;
  const call = api && [api.method, api.path?.replace(/\?.*$/s, ""), api.soapAction, api.collection];
  return JSON.stringify([credential, call, groups, scopes, address, cost]);
}
