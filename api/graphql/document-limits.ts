import { maxAliasesRule } from "@escape.tech/graphql-armor-max-aliases";
import { maxDepthRule } from "@escape.tech/graphql-armor-max-depth";
import { maxDirectivesRule } from "@escape.tech/graphql-armor-max-directives";
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isListType,
  type ValidationContext,
  type ValidationRule,
} from "graphql";
// Its ES module loads graphql's, beside the CommonJS one that everybody else in this process has.
import { type ComplexityEstimator, getComplexity } from "graphql-query-complexity/cjs";
import { PAGE_SIZE_DEFAULT } from "../database/paginate.js";
import { ApiError } from "../errors.js";

/** Per document. The playground's introspection has about 500 tokens; the largest operation of the SDK has 250. */
export const TOKENS_MAX = 2_000;
const DEPTH_MAX = 12;
const ALIASES_MAX = 30;
const DIRECTIVES_MAX = 20;

/** Fields of all rows together, as far as the arguments tell. 100 clients with 20 keys each and their groups fit in. */
const COMPLEXITY_MAX = 50_000;

/** How many rows a list is taken to have whose document does not say how many it wants. */
const LIST_SIZE = 5;

/** Subscriptions are events over time: a request that waits for one answer cannot have them. */
export const noSubscriptions: ValidationRule = (context) => ({
  OperationDefinition(node) {
    if (node.operation === "subscription") {
      const message = "A subscription is a stream: send it with Accept: text/event-stream.";
      context.reportError(new GraphQLError(message, { nodes: node }));
    }
  },
});

/** Reported like every other fault of a document: thrown, as the rules would by themselves, it is taken for a bug. */
const reported = {
  propagateOnRejection: false,
  onReject: [(context: ValidationContext | null, error: GraphQLError) => context?.reportError(error)],
};

export const limitRules = [
  // A fragment is as deep as its fields: spreading one adds no level to the answer.
  maxDepthRule({ n: DEPTH_MAX, flattenFragments: true, ...reported }),
  maxAliasesRule({ n: ALIASES_MAX, ...reported }),
  maxDirectivesRule({ n: DIRECTIVES_MAX, ...reported }),
] as ValidationRule[];

/** A connection costs its page size times a row: `first: 100` three levels deep costs a million. */
const estimate: ComplexityEstimator = ({ field, node, args, childComplexity }) => {
  if (getNamedType(field.type).name.endsWith("Connection")) {
    const size = args["first"] ?? args["last"] ?? PAGE_SIZE_DEFAULT;
    return 1 + Math.max(0, size) * childComplexity;
  }
  // A page's edges are counted by their connection.
  if (field.name === "edges") return childComplexity;
  if (!isListType(getNullableType(field.type))) return 1 + childComplexity;
  const asked = node.arguments?.some(({ name }) => name.value === "first") ? args["first"] : null;
  return 1 + Math.max(0, asked ?? LIST_SIZE) * childComplexity;
};

export function refuseCostlyDocument(
  schema: GraphQLSchema,
  query: DocumentNode,
  variables: Record<string, unknown>,
  operationName: string | undefined,
): void {
  const complexity = getComplexity({
    schema,
    query,
    variables,
    ...(operationName !== undefined && { operationName }),
    estimators: [estimate],
  });
  if (complexity > COMPLEXITY_MAX) {
    const message = `The operation may touch ${complexity} fields; at most ${COMPLEXITY_MAX} are allowed. Ask for smaller pages.`;
    throw new ApiError("INVALID_INPUT", message);
  }
}
