import type { GraphQLSchema } from "graphql";
import { GraphQLDateTimeISO } from "graphql-scalars";
import { buildSchemaSync, type PubSub } from "type-graphql";
import { enforcePolicies } from "./enforce-policies.js";
import { type ResolverInstance, resolvers } from "./resolvers.js";
import { VALIDATION } from "./validation-problems.js";

/** Asked for by the library where there are subscriptions. Ours name their sources themselves, and have no topics. */
const NO_TOPICS: PubSub = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error("Subscriptions name their own sources.");
  },
};

/**
 * The schema, its operations answered by these objects, one of each resolver class. Without them it can be printed and
 * walked, but not run.
 */
export function createSchema(instances: readonly ResolverInstance[] = []): GraphQLSchema {
  const byClass = new Map<unknown, ResolverInstance>(instances.map((instance) => [instance.constructor, instance]));
  const schema = buildSchemaSync({
    resolvers: [...resolvers],
    container: { get: (resolver: unknown) => byClass.get(resolver) },
    scalarsMap: [{ type: Date, scalar: GraphQLDateTimeISO }],
    validate: VALIDATION,
    pubSub: NO_TOPICS,
  });
  return enforcePolicies(schema);
}
