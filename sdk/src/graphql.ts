import { type Answer, fieldsIn, refusalIn, strangeAnswer } from "./answer.js";
import type { Document } from "./document.js";
import { readEvents } from "./event-stream.js";
import type { CallOptions } from "./options.js";
import { SdkError } from "./sdk-error.js";
import type { OpenAnswer, Transport } from "./transport.js";

/**
 * Runs operations over `POST /graphql`. Queries are repeated after a passing failure, and so are mutations with a key, by
 * which the server knows what it has done already.
 */
export class Graphql {
  readonly #transport: Transport;
  /** A session token or a user's API key, sent with every operation. Hidden from whoever logs the object. */
  #credential: string | undefined;

  constructor(transport: Transport, credential: string | undefined) {
    this.#transport = transport;
    this.#credential = credential?.trim();
  }

  get credential(): string | undefined {
    return this.#credential;
  }

  set credential(credential: string | undefined) {
    this.#credential = credential;
  }

  /** An operation of the SDK: a mutation gets a key where the caller gives none. */
  run<Result, Variables>(
    document: Document<Result, Variables>,
    variables: Variables,
    options: CallOptions = {},
  ): Promise<Result> {
    const { idempotencyKey = isMutation(document) ? newKey() : undefined } = options;
    return this.runAs(this.#credential, document, variables, options, idempotencyKey);
  }

  /** An operation of the caller's own, with a key only where they give one. */
  request<Result, Variables>(
    document: Document<Result, Variables>,
    variables: Variables,
    options?: CallOptions,
  ): Promise<Result> {
    return this.runAs(this.#credential, document, variables, options);
  }

  /** Begins to read what is no operation but stands beside them, as the same caller. */
  open(path: string, options: CallOptions): Promise<OpenAnswer> {
    const accept = "application/x-ndjson, application/problem+json";
    return this.#transport.open({ path, credential: this.#credential, accept }, options);
  }

  /** Runs an operation with another credential than the own one, or with none. */
  async runAs<Result, Variables>(
    credential: string | undefined,
    document: Document<Result, Variables>,
    variables: Variables,
    options: CallOptions = {},
    idempotencyKey = options.idempotencyKey,
  ): Promise<Result> {
    // Without a credential nobody's key is known: then a mutation is not to be repeated.
    const isKeyed = idempotencyKey !== undefined && credential !== undefined;
    const repeat = isKeyed || /^\s*(?:query\b|\{)/.test(document) ? "AFTER_FAILURE" : "NEVER";
    const body = { query: document, variables };
    const answer = await this.#transport.send({ path: "/graphql", credential, idempotencyKey, body, repeat }, options);
    const refusal = refusalIn(answer);
    if (refusal) throw refusal;
    const { data, errors } = fieldsIn(answer);
    if (errors !== undefined || typeof data !== "object" || data === null) throw strangeAnswer(answer);
    return data as Result;
  }

  /** Follows a subscription until it ends, the loop is left, or `signal` ends it. It is never begun again by itself. */
  async *follow<Result, Variables>(
    document: Document<Result, Variables>,
    variables: Variables,
    options: CallOptions = {},
  ): AsyncGenerator<Result> {
    const ask = { path: "/graphql", credential: this.#credential, accept: "text/event-stream" };
    const { response, close } = await this.#transport.open({ ...ask, body: { query: document, variables } }, options);
    const { status, headers } = response;
    const facts = { status, requestId: headers.get("x-request-id") ?? undefined };
    try {
      // Every fetch gives one, be it empty.
      for await (const { event, data } of readEvents(response.body as ReadableStream<Uint8Array>)) {
        if (event === "complete") return;
        if (event === "next") yield resultIn({ ...facts, retryAfter: null, body: JSON.parse(data) as unknown });
      }
    } catch (cause) {
      if (cause instanceof SdkError) throw cause;
      options.signal?.throwIfAborted();
      throw new SdkError("NETWORK", "The stream broke off.", { ...facts, cause });
    } finally {
      close();
    }
    throw new SdkError("NETWORK", "The stream broke off.", facts);
  }
}

function isMutation(document: string): boolean {
  return /^\s*mutation\b/.test(document);
}

/** Not `randomUUID`, which browsers have on secure pages only. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function resultIn<Result>(answer: Answer): Result {
  const refusal = refusalIn(answer);
  if (refusal) throw refusal;
  return fieldsIn(answer)["data"] as Result;
}
