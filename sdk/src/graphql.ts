import type { Document } from "./document.js";
import type { CallOptions } from "./options.js";
import { type FieldProblem, SdkError, type SdkErrorCode } from "./sdk-error.js";
import type { Answer, Transport } from "./transport.js";

interface GraphqlBody<Result> {
  readonly data?: Result | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: SdkErrorCode; readonly fields?: readonly FieldProblem[] };
  }[];
}

/** Runs operations over `POST /graphql`. Queries are repeated after a passing failure, mutations never. */
export class Graphql {
  constructor(
    private readonly transport: Transport,
    /** A session token or a user's API key, sent with every operation. */
    public credential: string | undefined,
  ) {}

  async run<Result, Variables>(
    document: Document<Result, Variables>,
    variables: Variables,
    options: CallOptions = {},
  ): Promise<Result> {
    const repeat = /^\s*(?:query\b|\{)/.test(document) ? "AFTER_FAILURE" : "NEVER";
    const ask = {
      path: "/graphql",
      credential: this.credential,
      body: { query: document, variables },
      repeat,
    } as const;
    return resultOf<Result>(await this.transport.send(ask, options));
  }
}

function resultOf<Result>({ status, requestId, body }: Answer): Result {
  const { data, errors } = (body ?? {}) as GraphqlBody<Result>;
  const [error] = errors ?? [];
  if (error) {
    const { code = "BAD_ANSWER", fields = [] } = error.extensions ?? {};
    throw new SdkError(code, error.message, { fields, requestId, status });
  }
  if (!data) throw new SdkError("BAD_ANSWER", `The answer, status ${status}, is not GraphQL's.`, { requestId, status });
  return data;
}
