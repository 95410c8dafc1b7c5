import { Arg, Mutation, Resolver } from "type-graphql";
import type { Call } from "../access/call.js";
import { CurrentCall } from "../graphql/context.js";
import { Policy } from "../graphql/policy.js";
import { ApiKey } from "./api-key.entity.js";
import { ApiKeyReference, ApiKeySecretPayload } from "./api-key.types.js";
import type { IntegrationTokenService } from "./integration-token.service.js";
import { DraftIntegrationTokenInput } from "./integration-token.types.js";

@Resolver()
export class IntegrationTokenResolver {
  constructor(private readonly service: IntegrationTokenService) {}

  @Policy("integrations:write")
  @Mutation(() => ApiKeySecretPayload, {
    description:
      "Draft a token with which another system calls this API: a key of the caller's, with a label and its code. It is accepted nowhere until it is confirmed; a draft that is not wanted is revoked. Tokens are listed with `apiKeys(filter: {kind: INTEGRATION})`. Errors: INVALID_INPUT, FORBIDDEN (by a key: sign in), CONFLICT (the label is taken).",
  })
  draftIntegrationToken(
    @CurrentCall() call: Call,
    @Arg("input", () => DraftIntegrationTokenInput) input: DraftIntegrationTokenInput,
  ) {
    return this.service.draft(call, input);
  }

  @Policy("integrations:write")
  @Mutation(() => ApiKey, {
    description:
      "Confirm a drafted token within 24 hours: from now on it is accepted. Confirming it again changes nothing. Errors: NOT_FOUND, CONFLICT (it is revoked or expired, or the draft is too old).",
  })
  confirmIntegrationToken(@CurrentCall() call: Call, @Arg("input", () => ApiKeyReference) { id }: ApiKeyReference) {
    return this.service.confirm(call, id);
  }
}
