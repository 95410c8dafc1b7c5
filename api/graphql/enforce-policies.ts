import { defaultFieldResolver, type GraphQLField, type GraphQLSchema, isObjectType } from "graphql";
import { refuseWithout } from "../access/refuse-without.js";
import { ApiError } from "../errors.js";
import type { Context } from "./context.js";
import type { PolicyRule } from "./policy.js";

/** Puts each field's policy before its resolver and into its description. Throws for an operation without one. */
export function enforcePolicies(schema: GraphQLSchema): GraphQLSchema {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields())) {
      const rule = policyOf(field);
      if (rule === undefined && roots.includes(type)) throw new Error(`${type.name}.${field.name} has no policy.`);
      if (rule !== undefined) guard(field, rule);
    }
  }
  return schema;
}

/** Undefined for a field that needs no more than its parent. */
export function policyOf(field: GraphQLField<unknown, unknown>): PolicyRule | undefined {
  return field.extensions["policy"] as PolicyRule | undefined;
}

/** Whether clients that have signed in are kept out, although they hold what the rule asks for. */
export function exceptsClients({ extensions }: Pick<GraphQLField<unknown, unknown>, "extensions">): boolean {
  return extensions["exceptClients"] === true;
}

function guard(field: GraphQLField<unknown, Context>, rule: PolicyRule): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  const exception = exceptsClients(field) ? ", but no client" : "";
  field.description = [field.description, `Who may: ${inWords(rule)}${exception}.`].filter(Boolean).join("\n\n");
  field.resolve = (source, args, context, info) => {
    refuse(rule, field, context);
    return resolve(source, args, context, info);
  };
  const { subscribe } = field;
  if (!subscribe) return;
  // Of a subscription: before the first event is waited for, and then before each.
  field.subscribe = (source, args, context, info) => {
    refuse(rule, field, context);
    return subscribe(source, args, context, info);
  };
}

function refuse(rule: PolicyRule, field: GraphQLField<unknown, Context>, { actor }: Context): void {
  if (rule === "anyone") return;
  if (!actor) {
    throw new ApiError("UNAUTHENTICATED", "Sign in first, or send a user's API key as X-API-Key or Bearer.");
  }
  if (actor.passwordChangeRequired && field.extensions["beforePasswordChange"] !== true) {
    throw new ApiError("FORBIDDEN", "Change the password first, with changePassword: somebody else has set it.");
  }
  if (rule !== "signed-in") refuseWithout(actor, rule);
  if (exceptsClients(field) && actor.kind === "CLIENT") {
    throw new ApiError("FORBIDDEN", "This is not for clients: it tells about others.");
  }
}

function inWords(rule: PolicyRule): string {
  if (rule === "anyone") return "everybody";
  if (rule === "signed-in") return "whoever has signed in";
  return `holders of \`${rule}\``;
}
