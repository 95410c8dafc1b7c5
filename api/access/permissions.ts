/** What a user may be, most powerful first. */
export enum Role {
  SYSTEM_ADMIN = "SYSTEM_ADMIN",
  OPERATOR = "OPERATOR",
  AUDITOR = "AUDITOR",
  MEMBER = "MEMBER",
}

/** Management permissions: what a role grants, and what a user's API key can be narrowed to. */
export const PERMISSIONS = [
  "users:read",
  "users:write",
  "clients:read",
  "clients:write",
  "catalogue:read",
  "catalogue:write",
  "groups:read",
  "groups:write",
  "scopes:read",
  "scopes:write",
  "keys:read",
  "keys:write",
  "keys:reveal",
  "tokens:read",
  "tokens:write",
  "tokens:reveal",
  "integrations:write",
  "verdicts:ask",
  "gateways:read",
  "gateways:write",
  "access:request",
  "access:decide",
  "access:read",
  "notifications:read",
  "usage:read",
  "usage:write",
  "webhooks:read",
  "webhooks:write",
  "audit:read",
  "jobs:read",
  "keyring:read",
] as const;

export type Permission = (typeof PERMISSIONS)[number];

const reads = PERMISSIONS.filter((permission) => permission.endsWith(":read"));

/**
 * Whose keys `keys:*` reaches is said in `reach.ts`: a member's permissions are these, on their own keys only. Tokens are
 * shown again to their client and to system administrators.
 */
const PERMISSIONS_OF_ROLE: Readonly<Record<Role, readonly Permission[]>> = {
  [Role.SYSTEM_ADMIN]: PERMISSIONS,
  [Role.OPERATOR]: [
    "clients:read",
    "clients:write",
    "catalogue:read",
    "catalogue:write",
    "groups:read",
    "groups:write",
    "scopes:read",
    "scopes:write",
    "keys:read",
    "keys:write",
    "keys:reveal",
    "tokens:read",
    "tokens:write",
    "verdicts:ask",
    "gateways:read",
    "access:read",
    "access:decide",
    "notifications:read",
    "usage:read",
    "usage:write",
  ],
  [Role.AUDITOR]: reads,
  [Role.MEMBER]: ["keys:read", "keys:write", "keys:reveal", "usage:read", "usage:write"],
};

/** A client that has signed in sees itself, its keys, its tokens, and what it may ask for. */
export const CLIENT_PERMISSIONS: ReadonlySet<Permission> = new Set([
  "clients:read",
  "keys:read",
  "keys:reveal",
  "tokens:read",
  "tokens:write",
  "tokens:reveal",
  "catalogue:read",
  "groups:read",
  "access:request",
  "access:read",
  "usage:read",
]);

/** The role's permissions; of a narrowed key, only those that it was also given. */
export function permissionsOf(role: Role, narrowedTo: readonly string[] | null): ReadonlySet<Permission> {
  const granted = PERMISSIONS_OF_ROLE[role];
  return new Set(narrowedTo === null ? granted : granted.filter((permission) => narrowedTo.includes(permission)));
}
