import { fieldsIn, refusalIn, strangeAnswer } from "./answer.js";
import type { Document } from "./document.js";
import type { CallOptions } from "./options.js";
import type { OpenAnswer, Transport } from "./transport.js";

/** Runs operations over `POST /graphql`. Queries are repeated after a passing failure, mutations never. */
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

  run<Result, Variables>(
    document: Document<Result, Variables>,
    variables: Variables,
    options?: CallOptions,
  ): Promise<Result> {
    return this.runAs(this.#credential, document, variables, options);
  }

  /** Begins to read what is no operation but stands beside them, as the same caller. */
  open(path: string, options: CallOptions): Promise<OpenAnswer> {
    return this.#transport.open({ path, credential: this.#credential }, options);
  }

  /** Runs an operation with another credential than the own one, or with none. */
  async runAs<Result, Variables>(
    credential: string | undefined,
    document: Document<Result, Variables>,
    variables: Variables,
    options: CallOptions = {},
  ): Promise<Result> {
    const repeat = /^\s*(?:query\b|\{)/.test(document) ? "AFTER_FAILURE" : "NEVER";
    const body = { query: document, variables };
    const answer = await this.#transport.send({ path: "/graphql", credential, body, repeat }, options);
    const refusal = refusalIn(answer);
    if (refusal) throw refusal;
    const { data, errors } = fieldsIn(answer);
    if (errors !== undefined || typeof data !== "object" || data === null) throw strangeAnswer(answer);
    return data as Result;
  }
}
