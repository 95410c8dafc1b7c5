import type { FastifyInstance, FastifyRequest } from "fastify";
import type { CalledApi } from "../verification/demand.js";
import type { Verdict } from "../verification/verdict.js";
import type { Verifier } from "../verification/verifier.js";
import { readCredentials } from "./read-credentials.js";

export interface VerifyRouteOptions {
  readonly verifier: Verifier;
  readonly now: () => Date;
  readonly mayAsk: (request: FastifyRequest) => Promise<void>;
}

interface VerifyRequest {
  readonly credential?: string;
  readonly api?: CalledApi;
  readonly groups?: string[];
  readonly scopes?: string[];
  readonly address?: string;
  readonly transactionRef?: string;
}

const text = (maxLength: number, minLength = 0) => ({ type: "string", minLength, maxLength }) as const;

const verifyRequest = {
  type: "object",
  additionalProperties: false,
  properties: {
    credential: text(1_000),
    api: {
      type: "object",
      additionalProperties: false,
      // Method and path stand together; without them there is an action.
      if: { anyOf: [{ required: ["method"] }, { required: ["path"] }] },
      // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema has this word.
      then: { required: ["method", "path"] },
      else: { required: ["soapAction"] },
      properties: { method: text(16, 1), path: text(8_192, 1), soapAction: text(1_000, 1), collection: text(200, 1) },
    },
    groups: { type: "array", maxItems: 100, items: text(100, 1) },
    scopes: { type: "array", maxItems: 100, items: text(100, 1) },
    address: { type: "string", format: "IP address" },
    transactionRef: text(128, 1),
  },
} as const;

const verifyBatchRequest = {
  type: "object",
  additionalProperties: false,
  required: ["requests"],
  properties: { requests: { type: "array", minItems: 1, maxItems: 100, items: verifyRequest } },
} as const;

/** `POST /v1/verify`: one verdict, with 200 whether it allows or refuses. `POST /v1/verify/batch`: up to 100. */
export function verifyRoute(server: FastifyInstance, { verifier, now, mayAsk }: VerifyRouteOptions): void {
  server.post<{ Body: VerifyRequest }>(
    "/v1/verify",
    { onRequest: mayAsk, preValidation: takeEmptyBody, schema: { body: verifyRequest } },
    async (request, reply) => {
      const verdict = await ask(request.body, readCredentials(request.raw), request);
      if (verdict.code === "UNDECIDED") reply.code(503).header("retry-after", "1");
      return reply.send(verdict);
    },
  );

  server.post<{ Body: { requests: VerifyRequest[] } }>(
    "/v1/verify/batch",
    { onRequest: mayAsk, schema: { body: verifyBatchRequest } },
    async (request) => {
      // A batch names its credentials itself: one in a header would count for all of them.
      const verdicts = request.body.requests.map((each) => ask(each, [], request));
      return { verdicts: await Promise.all(verdicts) };
    },
  );

  async function ask(
    { credential, transactionRef, ...demand }: VerifyRequest,
    fromHeaders: string[],
    { id, log }: FastifyRequest,
  ): Promise<Verdict> {
    const credentials = new Set(fromHeaders);
    if (credential !== undefined && credential !== "") credentials.add(credential);
    const verdict = await verifier.verify({ ...demand, credentials: [...credentials] }, id, now());
    log.debug({ code: verdict.code, transactionRef }, "verdict");
    return verdict;
  }
}

/** A request that carries its credential in a header needs no body. */
async function takeEmptyBody(request: FastifyRequest): Promise<void> {
  request.body ??= {};
}
