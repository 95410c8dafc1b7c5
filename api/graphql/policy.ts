import { Extensions } from "type-graphql";
import type { Permission } from "../access/permissions.js";

/** Who may run an operation: everybody, whoever has signed in, or who holds the permission. */
export type PolicyRule = Permission | "anyone" | "signed-in";

export interface PolicyOptions {
  /** Whether it also runs while the caller's password must be changed first. */
  readonly beforePasswordChange?: boolean;
  /** Whether it is no matter of clients that have signed in, whatever they hold: its answer is about others. */
  readonly exceptClients?: boolean;
}

/**
 * Stands above every query, mutation and subscription, and above fields that lead into another domain. The schema
 * does not build without it, and `enforce-policies.ts` puts it before the resolver.
 */
export function Policy(
  rule: PolicyRule,
  { beforePasswordChange = false, exceptClients = false }: PolicyOptions = {},
): MethodDecorator & PropertyDecorator {
  return Extensions({ policy: rule, beforePasswordChange, exceptClients }) as MethodDecorator & PropertyDecorator;
}
