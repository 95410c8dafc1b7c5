import type { GraphQLSchema } from "graphql";
import { GraphQLDateTimeISO } from "graphql-scalars";
import { buildSchemaSync } from "type-graphql";
import { enforcePolicies } from "./enforce-policies.js";
import { type ResolverInstance, resolvers } from "./resolvers.js";

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
    // Each field names the rules of its own text; unknown fields are refused by GraphQL itself.
    // Missing is told by the fields themselves: an optional one may be left out, but null is no way to leave it out.
    validate: {
      skipMissingProperties: false,
      forbidUnknownValues: false,
      stopAtFirstError: true,
      validationError: { target: false, value: false },
    },
  });
  return enforcePolicies(schema);
}
