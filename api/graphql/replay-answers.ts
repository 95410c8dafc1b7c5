import { type ApolloServerPlugin, type GraphQLResponse, HeaderMap } from "@apollo/server";
import { Kind, type OperationDefinitionNode } from "graphql";
import { conflict, invalidInput } from "../errors.js";
import { type Claim, currentClaim } from "../idempotency/claim.js";
import type { KeptAnswers, Known } from "../idempotency/kept-answers.js";
import type { OnError } from "./apollo.js";
import { asRequestError } from "./check-request.js";
import type { Context } from "./context.js";
import { formatError } from "./format-error.js";

/** Within the two seconds in which every request is answered. */
const WAIT_MS_MAX = 1_500;

/**
 * A mutation with an `Idempotency-Key` is run once: whoever sends it again gets the answer of then. Refusals are not kept,
 * since nothing was done; queries have no need of it.
 */
export function replayAnswers(answers: KeptAnswers, onError: OnError): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ operation }) => {
        const claim = currentClaim();
        if (!claim || !operation) return;
        if (operation.operation !== "mutation") claim.state = "OVER";
        else if (!hasOneField(operation)) throw asRequestError(severalFields());
      },
      responseForOperation: async () => {
        const claim = currentClaim();
        if (claim?.state !== "OPEN") return null;
        const known = await answers.await(claim, WAIT_MS_MAX);
        if (!known) return null;
        claim.state = "OVER";
        return answerAgain(known);
      },
      willSendResponse: async ({ response, contextValue, operationName }) => {
        const claim = currentClaim();
        if (!claim) return;
        const { state } = claim;
        claim.state = "OVER";
        if (state === "TAKEN") await takeOver(answers, claim, response);
        else if (state === "CLAIMED") {
          const about = { requestId: contextValue.requestId, operation: operationName ?? null, bug: true };
          await settle(answers, claim, response).catch((error: unknown) => onError(error, about));
        }
      },
    }),
  };
}

function hasOneField({ selectionSet: { selections } }: OperationDefinitionNode): boolean {
  return selections.length === 1 && selections[0]?.kind === Kind.FIELD;
}

function severalFields(): Error {
  const message = "is for one mutation: send each in a request of its own, with a key of its own";
  return invalidInput({ path: "Idempotency-Key", message });
}

/** The request that was quicker has committed: its answer is this one's too, unless it was refused and gave its claim back. */
async function takeOver(answers: KeptAnswers, claim: Claim, response: GraphQLResponse): Promise<void> {
  const known = await answers.await(claim, WAIT_MS_MAX);
  if (!known) return;
  const { http, body } = answerAgain(known);
  response.body = body;
  for (const [name, value] of http.headers) response.http.headers.set(name, value);
}

async function settle(answers: KeptAnswers, claim: Claim, { body }: GraphQLResponse): Promise<void> {
  if (body.kind !== "single") return;
  const { data, errors } = body.singleResult;
  const isRefused = errors !== undefined && Object.values(data ?? {}).every((value) => value === null);
  if (isRefused) await answers.release(claim);
  else await answers.keep(claim, JSON.stringify(body.singleResult));
}

function answerAgain({ isSame, answer }: Known): GraphQLResponse {
  const headers = new HeaderMap([["idempotency-replayed", "true"]]);
  if (!isSame) return refuse("was used for something else: send this with a key of its own");
  if (answer === null) {
    return refuse(
      "belongs to something that was done, but its answer was lost: look at what there is, and rotate a key whose secret you miss",
    );
  }
  return { http: { headers }, body: { kind: "single", singleResult: JSON.parse(answer) } };
}

function refuse(message: string): GraphQLResponse {
  const error = conflict("Idempotency-Key", message);
  const formatted = formatError({ message: error.message }, error);
  return {
    http: { headers: new HeaderMap() },
    body: { kind: "single", singleResult: { data: null, errors: [formatted] } },
  };
}
