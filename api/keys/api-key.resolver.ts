import { Max, Min } from "class-validator";
import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Call } from "../access/call.js";
import { Api } from "../catalogue/api.entity.js";
import { Client } from "../clients/client.entity.js";
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from "../database/paginate.js";
import { type Context, CurrentCall } from "../graphql/context.js";
import { IdArg } from "../graphql/id-arg.js";
import { Policy } from "../graphql/policy.js";
import { AuthorityGroup } from "../groups/authority-group.entity.js";
import { ApiKey } from "./api-key.entity.js";
import type { ApiKeyService } from "./api-key.service.js";
import {
  ApiKeyArgs,
  ApiKeyConnection,
  ApiKeyOwner,
  ApiKeyReference,
  ApiKeySecretPayload,
  CreateApiKeyInput,
  RevealApiKeyInput,
  RevokeApiKeyInput,
  UpdateApiKeyInput,
} from "./api-key.types.js";
import { ApiKeySecret } from "./api-key-secret.entity.js";
import { ApiKeyStatus, statusOf } from "./api-key-status.js";
import { isAccepted } from "./find-by-secret.js";
import { firstPageOf } from "./keys-of-client.js";
import type { RevealService } from "./reveal.service.js";
import type { RotationService } from "./rotation.service.js";
import { RotateApiKeyInput } from "./rotation.types.js";
import type { UpdateApiKeyService } from "./update-api-key.service.js";

@ArgsType()
class FirstArgs {
  @Field(() => Int, {
    defaultValue: PAGE_SIZE_DEFAULT,
    description: `0 to ${PAGE_SIZE_MAX}. Go on with \`apiKeys(filter: {clientId}, after: endCursor)\`.`,
  })
  @Min(0, { message: "must be at least 0" })
  @Max(PAGE_SIZE_MAX, { message: `must be at most ${PAGE_SIZE_MAX}` })
  first!: number;
}

@Resolver(() => ApiKey)
export class ApiKeyResolver {
  constructor(
    private readonly service: ApiKeyService,
    private readonly updates: UpdateApiKeyService,
    private readonly rotations: RotationService,
    private readonly reveals: RevealService,
  ) {}

  @Policy("keys:read")
  @Query(() => ApiKeyConnection, {
    description:
      "Keys that the caller reaches, newest first: a member's own, a client's own, an operator's own and all clients'. The search finds names, descriptions and lookup ids.",
  })
  apiKeys(@CurrentCall() call: Call, @Args(() => ApiKeyArgs) args: ApiKeyArgs) {
    return this.service.list(call, args);
  }

  @Policy("keys:read")
  @Query(() => ApiKey, { description: "One key. Errors: NOT_FOUND, for an absent key and for somebody else's." })
  apiKey(@CurrentCall() call: Call, @IdArg() id: string) {
    return this.service.get(call, id);
  }

  @Policy("keys:write")
  @Mutation(() => ApiKeySecretPayload, {
    description:
      "Create a key of a client or of a user. Errors: INVALID_INPUT, NOT_FOUND (the owner), CONFLICT (the owner has a key in force with this name).",
  })
  createApiKey(@CurrentCall() call: Call, @Arg("input", () => CreateApiKeyInput) input: CreateApiKeyInput) {
    return this.service.create(call, input);
  }

  @Policy("keys:write")
  @Mutation(() => ApiKey, {
    description:
      "Change a key; verdicts follow at once, its secret stays. Errors: INVALID_INPUT, NOT_FOUND, FORBIDDEN (the key may more than the one that asks), CONFLICT (it is revoked or expired; the name is taken).",
  })
  updateApiKey(@CurrentCall() call: Call, @Arg("input", () => UpdateApiKeyInput) input: UpdateApiKeyInput) {
    return this.updates.update(call, input);
  }

  @Policy("keys:write")
  @Mutation(() => ApiKey, {
    description: "End a key for good; its row stays. Revoking it again changes nothing. Errors: NOT_FOUND.",
  })
  revokeApiKey(@CurrentCall() call: Call, @Arg("input", () => RevokeApiKeyInput) input: RevokeApiKeyInput) {
    return this.service.revoke(call, input);
  }

  @Policy("keys:write")
  @Mutation(() => ApiKeySecretPayload, {
    description:
      "Give a key a new secret in place: id, groups and history stay. The secret of before is accepted until the grace ends; one that was still in grace from an earlier rotation no longer is. Errors: INVALID_INPUT, NOT_FOUND, FORBIDDEN (the key may more than the one that asks), CONFLICT (it is revoked or expired).",
  })
  rotateApiKey(@CurrentCall() call: Call, @Arg("input", () => RotateApiKeyInput) input: RotateApiKeyInput) {
    return this.rotations.rotate(call, input);
  }

  @Policy("keys:write")
  @Mutation(() => ApiKey, {
    description:
      "End the grace of a rotation now: only the new secret is accepted. Without a grace nothing changes. Errors: NOT_FOUND.",
  })
  finishRotation(@CurrentCall() call: Call, @Arg("input", () => ApiKeyReference) { id }: ApiKeyReference) {
    return this.rotations.finish(call, id);
  }

  @Policy("keys:reveal")
  @Mutation(() => ApiKeySecretPayload, {
    description:
      "Show the secret of a recoverable key again, to its owner or to a system administrator. The audit keeps who, when and why. Errors: INVALID_INPUT, NOT_FOUND, FORBIDDEN (neither owner nor administrator; the key may more than the one that asks), CONFLICT (it is not recoverable, revoked or expired).",
  })
  revealApiKey(@CurrentCall() call: Call, @Arg("input", () => RevealApiKeyInput) input: RevealApiKeyInput) {
    return this.reveals.reveal(call, input);
  }

  @Policy("keys:write")
  @Mutation(() => ApiKey, { description: "Switch a key off. Errors: NOT_FOUND." })
  disableApiKey(@CurrentCall() call: Call, @Arg("input", () => ApiKeyReference) { id }: ApiKeyReference) {
    return this.service.disable(call, id);
  }

  @Policy("keys:write")
  @Mutation(() => ApiKey, {
    description:
      "Switch a disabled key on again; one that is revoked or expired stays so. Errors: NOT_FOUND, FORBIDDEN (the key may more than the one that asks).",
  })
  enableApiKey(@CurrentCall() call: Call, @Arg("input", () => ApiKeyReference) { id }: ApiKeyReference) {
    return this.service.enable(call, id);
  }

  @FieldResolver(() => ApiKeyStatus)
  status(@Root() key: ApiKey, @Ctx() { now }: Context) {
    return statusOf(key, now);
  }

  @FieldResolver(() => [ApiKeySecret], {
    description: "The secrets that it is accepted by, with the last use of each: the current one first.",
  })
  async secrets(@Root() key: ApiKey, @Ctx() { loaders, now }: Context): Promise<ApiKeySecret[]> {
    const secrets = await loaders.secretsOfKey.load(key.id);
    return secrets
      .filter((secret) => isAccepted(key, secret, now))
      .map((secret) => Object.assign(secret, { retiresAt: secret.place === "CURRENT" ? null : key.rotationEndsAt }));
  }

  @FieldResolver(() => ApiKeyOwner, { description: "Whose it is." })
  async owner(@Root() key: ApiKey, @Ctx() { loaders }: Context): Promise<ApiKeyOwner> {
    if (key.clientId !== null) {
      const client = await loaders.client.load(key.clientId);
      return { kind: "CLIENT", id: key.clientId, name: client?.clientId ?? "" };
    }
    const user = await loaders.user.load(key.userId as string);
    return { kind: "USER", id: key.userId as string, name: user?.userName ?? "" };
  }

  @Policy("clients:read")
  @FieldResolver(() => Client, { nullable: true, description: "Null for a user's key." })
  client(@Root() key: ApiKey, @Ctx() { loaders }: Context) {
    return key.clientId === null ? null : loaders.client.load(key.clientId);
  }

  @FieldResolver(() => Api, {
    nullable: true,
    description: "The API that the last call was of; null: the call named none, or the API is gone.",
  })
  lastAccessedApi(@Root() key: ApiKey, @Ctx() { loaders }: Context) {
    return key.lastAccessedApiId === null ? null : loaders.api.load(key.lastAccessedApiId);
  }

  @FieldResolver(() => [AuthorityGroup], { description: "The groups that it holds, by name." })
  groups(@Root() key: ApiKey, @Ctx() { loaders }: Context) {
    return loaders.groupsOfKey.load(key.id);
  }
}

@Resolver(() => Client)
export class KeysOfClientResolver {
  @Policy("keys:read")
  @FieldResolver(() => ApiKeyConnection, { description: "Its keys, newest first." })
  async apiKeys(@Root() client: Client, @Args(() => FirstArgs) { first }: FirstArgs, @Ctx() { loaders }: Context) {
    const found = await loaders.newestKeys.load({ clientId: client.id, first: first + 1 });
    return firstPageOf(found, first, () => loaders.keyCount.load(client.id));
  }
}
