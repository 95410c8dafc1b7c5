import { Arg, Mutation, Resolver } from "type-graphql";
import type { Call } from "../access/call.js";
import type { Verifier } from "../verification/verifier.js";
import { CurrentCall } from "./context.js";
import { Policy } from "./policy.js";
import { Verdict, VerifyCredentialInput } from "./verify-credential.types.js";

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
    const credentials = credential === "" ? [] : [credential];
    const verdict = await this.verifier.verify({ ...demand, credentials }, call.requestId, call.now);
    if (!verdict.valid) return verdict;
    const expiresAt = verdict.credential.expiresAt;
    return { ...verdict, credential: { ...verdict.credential, expiresAt: expiresAt && new Date(expiresAt) } };
  }
}
