import { Arg, Mutation, Resolver } from "type-graphql";
import type { Call } from "../access/call.js";
import { invalidInput } from "../errors.js";
import { type Decision, verdictOf } from "../verification/verdict.js";
import type { Verifier } from "../verification/verifier.js";
import { CurrentCall } from "./context.js";
import { Policy } from "./policy.js";
import { type CalledApiInput, Verdict, VerifyCredentialInput } from "./verify-credential.types.js";

@Resolver()
export class VerifyCredentialResolver {
  constructor(private readonly verifier: Verifier) {}

  @Policy("verdicts:ask")
  @Mutation(() => Verdict, {
    description:
      "Ask for a verdict, as a gateway would with `POST /v1/verify`. A mutation, because an allowed one counts as use. A refusal is an answer, not an error.",
  })
  async verifyCredential(
    @CurrentCall() call: Call,
    @Arg("input", () => VerifyCredentialInput) { credential, ...demand }: VerifyCredentialInput,
  ) {
    refuseNoCall(demand.api);
    const { transactionRef } = call;
    const asked = { ...demand, credential: credential === "" ? undefined : credential, transactionRef };
    return toVerdict(await this.verifier.verify(asked, call.requestId, call.now), call.requestId);
  }
}

/** As GraphQL tells it: instants are dates. */
export function toVerdict(decision: Decision, requestId: string): object {
  const verdict = verdictOf(decision, requestId);
  const quota = verdict.quota && { ...verdict.quota, resetsAt: asDate(verdict.quota.resetsAt) };
  if (!verdict.valid) return { ...verdict, quota };
  const { credential } = verdict;
  return { ...verdict, quota, credential: { ...credential, expiresAt: asDate(credential.expiresAt) } };
}

function asDate(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

export function refuseNoCall(api: CalledApiInput | undefined): void {
  if (!api) return;
  const { method, path, soapAction } = api;
  if ((method === undefined) !== (path === undefined)) {
    const missing = method === undefined ? "method" : "path";
    throw invalidInput({ path: `api.${missing}`, message: "method and path stand together" });
  }
  if (path === undefined && soapAction === undefined) {
    throw invalidInput({ path: "api", message: "needs method and path, or soapAction" });
  }
}
