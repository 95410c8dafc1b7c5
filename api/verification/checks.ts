import type { CredentialRecord } from "./credential-record.js";
import type { Demand } from "./demand.js";
import type { ResolvedNames } from "./host-names.js";
import type { FoundApi, ListedApi } from "./listed-api.js";
import { REFUSALS, type Refusal } from "./verdict.js";

/** What the checks judge: the credential, what is demanded, and the API that the call was found to be, if it names one. */
export interface Case {
  readonly record: CredentialRecord;
  readonly demand: Demand;
  readonly found: FoundApi | undefined;
  /** An API that is known to be granted to it. */
  readonly granted: ListedApi | undefined;
  readonly nowMs: number;
  readonly hostNames: ResolvedNames;
}

/** Undefined lets the case pass on to the next check. Only what must ask others, and seldom, answers with a promise. */
export type Check = (judged: Case) => Refusal | undefined | Promise<Refusal | undefined>;

const notRevoked: Check = ({ record }) => (record.revoked ? { code: "REVOKED" } : undefined);

const notDisabled: Check = ({ record }) => (record.disabled ? { code: "DISABLED" } : undefined);

const confirmed: Check = ({ record }) =>
  record.draft
    ? { code: "NOT_YET_EFFECTIVE", message: "The credential is an integration token that nobody has confirmed yet." }
    : undefined;

const effective: Check = ({ record, nowMs }) =>
  record.effectiveAtMs > nowMs ? { code: "NOT_YET_EFFECTIVE" } : undefined;

const notExpired: Check = ({ record, nowMs }) => (record.expiresAtMs <= nowMs ? { code: "EXPIRED" } : undefined);

const notRotatedOut: Check = ({ record, nowMs }) =>
  record.acceptedUntilMs <= nowMs ? { code: "ROTATED_OUT" } : undefined;

const ownerEnabled: Check = ({ record: { client } }) =>
  client && client.status !== "ENABLED" && client.status !== "LOCKED" ? { code: "OWNER_DISABLED" } : undefined;

const ownerNotLocked: Check = ({ record: { client }, nowMs }) =>
  client && (client.status === "LOCKED" || client.lockedUntilMs > nowMs) ? { code: "OWNER_LOCKED" } : undefined;

const ownerInForce: Check = ({ record: { client }, nowMs }) =>
  client && (nowMs < client.startsAtMs || client.expiresAtMs <= nowMs) ? { code: "OWNER_NOT_IN_FORCE" } : undefined;

const withinServiceTime: Check = ({ record: { client }, nowMs }) => {
  if (!client?.serviceTime || client.serviceTime.isOpenAt(nowMs)) return undefined;
  const opensMs = client.serviceTime.nextOpeningMs(nowMs);
  return {
    code: "OUTSIDE_SERVICE_TIME",
    message: `${REFUSALS.OUTSIDE_SERVICE_TIME[1]} It opens next at ${new Date(opensMs).toISOString()}.`,
    retryAfterSeconds: Math.ceil((opensMs - nowMs) / 1_000),
  };
};

const addressAllowed: Check = ({ record: { client }, demand: { address }, hostNames, nowMs }) => {
  if (!client?.hostBindings) return undefined;
  const admitted = client.hostBindings.admit(address, hostNames, nowMs);
  const judge = (is: boolean): Refusal | undefined => (is ? undefined : addressNotAllowed(address));
  return admitted instanceof Promise ? admitted.then(judge) : judge(admitted);
};

function addressNotAllowed(address: string | null | undefined): Refusal {
  const message =
    address == null
      ? "The credential's client is bound to addresses, and the caller's was not told or cannot be read."
      : `The credential's client may not call from ${address}.`;
  return { code: "ADDRESS_NOT_ALLOWED", message };
}

const apiKnown: Check = ({ found }) =>
  found && "problem" in found ? { code: "API_UNKNOWN", message: found.problem } : undefined;

const apiGranted: Check = ({ record, found, granted }) => {
  if (!found || "problem" in found || found.api === granted || found.api.openToAll) return undefined;
  return found.api.groupIds.some((id) => record.groupIds.has(id)) ? undefined : { code: "GROUP_DENIED" };
};

const holdsGroups: Check = ({ record, demand }) =>
  demand.groups?.every((group) => record.groupIds.has(group) || record.groupNames.includes(group)) === false
    ? { code: "GROUP_DENIED" }
    : undefined;

const holdsScopes: Check = ({ record, demand }) =>
  demand.scopes?.every((scope) => record.scopes.includes(scope)) === false ? { code: "SCOPE_DENIED" } : undefined;

/** A check by the name under which it is explained. */
export interface NamedCheck {
  readonly name: string;
  readonly judge: Check;
}

/** Whether a credential stands, wherever and whatever it is used for. */
export const standing: readonly NamedCheck[] = [
  { name: "revocation", judge: notRevoked },
  { name: "disabling", judge: notDisabled },
  { name: "confirmation", judge: confirmed },
  { name: "effective date", judge: effective },
  { name: "expiry date", judge: notExpired },
  { name: "rotation", judge: notRotatedOut },
  { name: "owner's status", judge: ownerEnabled },
  { name: "owner's lock", judge: ownerNotLocked },
  { name: "owner's dates", judge: ownerInForce },
];

/** Order is part of the contract (6.3): the first refusal is the one the caller sees. */
export const checks: readonly NamedCheck[] = [
  ...standing,
  { name: "service time", judge: withinServiceTime },
  { name: "host bindings", judge: addressAllowed },
  { name: "API", judge: apiKnown },
  { name: "API's groups", judge: apiGranted },
  { name: "groups", judge: holdsGroups },
  { name: "scopes", judge: holdsScopes },
];
