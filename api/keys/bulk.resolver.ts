import { Arg, Mutation, Resolver } from "type-graphql";
import type { Call } from "../access/call.js";
import { CurrentCall } from "../graphql/context.js";
import { Policy } from "../graphql/policy.js";
import { checkEntries } from "../graphql/validation-problems.js";
import { CreateApiKeysInput, CreateApiKeysPayload, RevokeApiKeysInput, RevokeApiKeysPayload } from "./bulk.types.js";
import type { BulkCreateService } from "./bulk-create.service.js";
import type { BulkRevokeService } from "./bulk-revoke.service.js";
import type { ImportKeysService } from "./import-keys.service.js";
import { ImportApiKeysInput, ImportApiKeysPayload } from "./import-keys.types.js";

@Resolver()
export class BulkKeysResolver {
  constructor(
    private readonly creation: BulkCreateService,
    private readonly revocation: BulkRevokeService,
    private readonly imports: ImportKeysService,
  ) {}

  @Policy("keys:write")
  @Mutation(() => CreateApiKeysPayload, {
    description:
      "Create up to 1,000 keys, with a result for each. Errors of the whole: INVALID_INPUT (no entries, or too many), CONFLICT (somebody renamed a key to one of the names meanwhile: try again).",
  })
  createApiKeys(@CurrentCall() call: Call, @Arg("input", () => CreateApiKeysInput) { keys }: CreateApiKeysInput) {
    return this.creation.create(call, checkEntries(keys));
  }

  @Policy("keys:write")
  @Mutation(() => ImportApiKeysPayload, {
    description:
      "Take over up to 1,000 keys of another system by the SHA-256 of their texts, with a result for each: their holders go on with the secrets that they have, 16 to 500 visible ASCII characters. At its first use a key's hash is replaced by a digest as of keys made here. Errors of the whole: INVALID_INPUT (no entries, or too many), CONFLICT (somebody imported one of them meanwhile: try again).",
  })
  importApiKeys(@CurrentCall() call: Call, @Arg("input", () => ImportApiKeysInput) input: ImportApiKeysInput) {
    return this.imports.import(call, checkEntries(input.keys), input.dryRun);
  }

  @Policy("keys:write")
  @Mutation(() => RevokeApiKeysPayload, {
    description:
      "Revoke all keys in force that the caller reaches and that match, up to 10,000, if they are as many as expected. Errors: INVALID_INPUT, CONFLICT (another number matches, which; nothing was changed).",
  })
  revokeApiKeys(@CurrentCall() call: Call, @Arg("input", () => RevokeApiKeysInput) input: RevokeApiKeysInput) {
    return this.revocation.revoke(call, input);
  }
}
