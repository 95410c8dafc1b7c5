import type { FoundApi } from "./catalogue.js";
import type { CredentialRecord } from "./credential-record.js";
import type { Demand } from "./demand.js";
import type { Refusal } from "./verdict.js";

/** What the checks judge: the credential, what is demanded, and the API that the call was found to be, if it names one. */
export interface Case {
  readonly record: CredentialRecord;
  readonly demand: Demand;
  readonly found: FoundApi | undefined;
  readonly nowMs: number;
}

/** Undefined lets the case pass on to the next check. */
export type Check = (judged: Case) => Refusal | undefined;

const notRevoked: Check = ({ record }) => (record.revoked ? { code: "REVOKED" } : undefined);

const notDisabled: Check = ({ record }) => (record.disabled ? { code: "DISABLED" } : undefined);

const effective: Check = ({ record, nowMs }) =>
  record.effectiveAtMs > nowMs ? { code: "NOT_YET_EFFECTIVE" } : undefined;

const notExpired: Check = ({ record, nowMs }) => (record.expiresAtMs <= nowMs ? { code: "EXPIRED" } : undefined);

const ownerEnabled: Check = ({ record: { client } }) =>
  client && client.status !== "ENABLED" && client.status !== "LOCKED" ? { code: "OWNER_DISABLED" } : undefined;

const ownerNotLocked: Check = ({ record: { client }, nowMs }) =>
  client && (client.status === "LOCKED" || client.lockedUntilMs > nowMs) ? { code: "OWNER_LOCKED" } : undefined;

const apiKnown: Check = ({ found }) =>
  found && "problem" in found ? { code: "API_UNKNOWN", message: found.problem } : undefined;

const apiGranted: Check = ({ record, found }) => {
  if (!found || "problem" in found || found.api.openToAll) return undefined;
  return found.api.groupIds.some((id) => record.groupIds.has(id)) ? undefined : { code: "GROUP_DENIED" };
};

const holdsGroups: Check = ({ record, demand }) =>
  demand.groups?.every((group) => record.groupIds.has(group) || record.groupNames.includes(group)) === false
    ? { code: "GROUP_DENIED" }
    : undefined;

const holdsScopes: Check = ({ record, demand }) =>
  demand.scopes?.every((scope) => record.scopes.includes(scope)) === false ? { code: "SCOPE_DENIED" } : undefined;

/** Order is part of the contract (6.3): the first refusal is the one the caller sees. */
export const checks: readonly Check[] = [
  notRevoked,
  notDisabled,
  effective,
  notExpired,
  ownerEnabled,
  ownerNotLocked,
  apiKnown,
  apiGranted,
  holdsGroups,
  holdsScopes,
];
