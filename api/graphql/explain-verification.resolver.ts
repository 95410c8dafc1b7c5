import { Arg, Query, Resolver } from "type-graphql";
import type { Call } from "../access/call.js";
import { reachesKey } from "../access/reach.js";
import { invalidInput, notFound } from "../errors.js";
import type { Explainer } from "../verification/explainer.js";
import { CurrentCall } from "./context.js";
import { ExplainVerificationInput, VerificationExplanation } from "./explain-verification.types.js";
import { Policy } from "./policy.js";
import { refuseNoCall, toVerdict } from "./verify-credential.resolver.js";

@Resolver()
export class ExplainVerificationResolver {
  constructor(private readonly explainer: Explainer) {}

  @Policy("verdicts:ask")
  @Query(() => VerificationExplanation, {
    description:
      "Why a call is, or would be, allowed or refused: every check with its outcome, and not only the first that refuses. Nothing is used up, and nothing counts as use. The credential is told by its text, or a key by its id, for which nobody needs the secret. Errors: INVALID_INPUT (not exactly one of `credential` and `apiKeyId`), NOT_FOUND.",
  })
  async explainVerification(
    @CurrentCall() call: Call,
    @Arg("input", () => ExplainVerificationInput) input: ExplainVerificationInput,
  ) {
    const { credential, apiKeyId, at, ...demand } = input;
    refuseNoCall(demand.api);
    if ((credential === undefined) === (apiKeyId === undefined)) {
      throw invalidInput({ path: "credential", message: "give either credential or apiKeyId" });
    }
    const times = { nowMs: call.now.getTime(), atMs: (at ?? call.now).getTime() };
    const asked = { ...demand, credential: credential === "" ? undefined : credential };
    const explanation =
      apiKeyId === undefined
        ? await this.explainer.explain(asked, times)
        : await this.explainer.explainKey(apiKeyId, asked, times, ({ client, user }) =>
            reachesKey(call.actor, { clientId: client?.id ?? null, userId: user?.id ?? null }),
          );
    if (!explanation) throw notFound("API key", `id=${apiKeyId}`);
    return { verdict: toVerdict(explanation.decision, call.requestId), checks: explanation.checks };
  }
}
