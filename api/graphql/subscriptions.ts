import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import { ApiError } from "../errors.js";
import type { OnError } from "./apollo.js";
import { checkRequest, type ReadRequest } from "./check-request.js";
import { limitRules, TOKENS_MAX } from "./document-limits.js";
import { formatError, isRequestError, refusalOf } from "./format-error.js";
import type { LiveContext } from "./live-context.js";

/** A request as it came, its shape checked. */
export interface SubscriptionRequest {
  readonly query: string;
  readonly variables?: Record<string, unknown> | null;
  readonly operationName?: string | null;
}

/** One event, or what ended the subscription. */
export interface SubscriptionEvent {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[];
}

export interface SubscriptionsOptions {
  readonly schema: GraphQLSchema;
  readonly publicIntrospection: boolean;
  readonly onError: OnError;
}

/** Runs subscriptions, under the same limits as all operations. */
export class Subscriptions {
  constructor(private readonly options: SubscriptionsOptions) {}

  /** Throws an ApiError for a request that is no subscription. */
  async begin(request: SubscriptionRequest, context: LiveContext): Promise<AsyncGenerator<SubscriptionEvent>> {
    const { schema, publicIntrospection } = this.options;
    const read = this.read(request);
    checkRequest(schema, read, context, publicIntrospection);
    const { document, operationName, variables: variableValues } = read;
    const args = { schema, document, operationName, variableValues, contextValue: context };
    return this.events(await createSourceEventStream(args), args);
  }

  private read({ query, variables, operationName }: SubscriptionRequest): ReadRequest {
    const { schema } = this.options;
    const document = parseOrRefuse(query);
    const [problem] = validate(schema, document, [...specifiedRules, ...limitRules], { maxErrors: 1 });
    if (problem) throw new ApiError("INVALID_INPUT", refusalOf(problem)?.message ?? problem.message);
    const operation = getOperationAST(document, operationName);
    if (operation?.operation !== "subscription") {
      throw new ApiError(
        "INVALID_INPUT",
        "Only subscriptions are streamed: send others with Accept: application/json.",
      );
    }
    return { document, operationName: operationName ?? null, variables: variables ?? {} };
  }

  private async *events(
    source: AsyncIterable<unknown> | ExecutionResult,
    args: ExecutionArgs & { readonly contextValue: LiveContext },
  ): AsyncGenerator<SubscriptionEvent> {
    const { requestId } = args.contextValue;
    const format = (error: GraphQLError) => this.format(error, requestId, args.operationName ?? null);
    if (!(Symbol.asyncIterator in source)) return yield { errors: (source.errors ?? []).map(format) };
    try {
      for await (const rootValue of source) {
        const { data, errors } = await execute({ ...args, rootValue });
        yield errors ? { data, errors: errors.map(format) } : { data };
        // Whoever may not see it any more does not listen on.
        if (data == null) return;
      }
    } catch (error) {
      yield {
        errors: [
          format(error instanceof GraphQLError ? error : new GraphQLError("", { originalError: asError(error) })),
        ],
      };
    }
  }

  private format(error: GraphQLError, requestId: string, operation: string | null): GraphQLFormattedError {
    const formatted = formatError(error.toJSON(), error);
    const refusal = refusalOf(error);
    const bug = !refusal && !isRequestError(formatted);
    this.options.onError(refusal ?? error.originalError ?? error, { requestId, operation, bug });
    return formatted;
  }
}

function parseOrRefuse(query: string) {
  try {
    return parse(query, { maxTokens: TOKENS_MAX });
  } catch (error) {
    throw error instanceof GraphQLError ? new ApiError("INVALID_INPUT", error.message) : error;
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
