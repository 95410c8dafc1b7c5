import { Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { Call } from "../access/call.js";
import { ApiKind } from "../catalogue/api.entity.js";
import { Client } from "../clients/client.entity.js";
import { PAGE_SIZE_DEFAULT } from "../database/paginate.js";
import { type Context, CurrentCall } from "../graphql/context.js";
import { Policy } from "../graphql/policy.js";
import { ApiKeyStatus, statusOf } from "../keys/api-key-status.js";
import { EffectivePermissionConnection, FirstPermissionsArgs } from "../permissions/permission.types.js";
import { firstPageOf } from "../tokens/list-tokens.js";
import { FirstTokensArgs, TokenConnection } from "../tokens/token.types.js";
import type { AccessRecordService } from "./access-record.service.js";
import { AccessRecord, AccessRecordArgs, AccessRecordConnection } from "./access-record.types.js";

@Resolver(() => AccessRecord)
export class AccessRecordResolver {
  constructor(private readonly service: AccessRecordService) {}

  @Policy("keys:read")
  @Query(() => AccessRecordConnection, {
    description:
      "The operations screen: clients' keys, newest first, that an authority group gives a listed API in a region, in a collection, or anywhere. The search finds names, lookup ids and creators of keys, and client ids, names, display names and application numbers of clients, and, in full, request ids and transaction references of recent calls. A client sees its own keys, and APIs for its audience. Every answer is read anew.",
  })
  records(@CurrentCall() call: Call, @Args(() => AccessRecordArgs) args: AccessRecordArgs) {
    return this.service.list(call, args);
  }

  @Policy("clients:read")
  @FieldResolver(() => Client)
  client(@Root() { apiKey }: AccessRecord, @Ctx() { loaders }: Context) {
    return loaders.client.load(apiKey.clientId as string);
  }

  @FieldResolver(() => String, { description: "The client's public identifier." })
  async clientId(@Root() { apiKey }: AccessRecord, @Ctx() { loaders }: Context) {
    return (await loaders.client.load(apiKey.clientId as string))?.clientId ?? "";
  }

  @FieldResolver(() => ApiKeyStatus, { description: "That of the key." })
  status(@Root() { apiKey }: AccessRecord, @Ctx() { now }: Context) {
    return statusOf(apiKey, now);
  }

  @FieldResolver(() => EffectivePermissionConnection, {
    description: "The REST APIs that the key may call in the chosen place by its rights, by name.",
  })
  restPermissions(
    @Root() record: AccessRecord,
    @Args(() => FirstPermissionsArgs) args: FirstPermissionsArgs,
    @CurrentCall() call: Call,
    @Ctx() context: Context,
  ) {
    return permissionsOf(record, ApiKind.REST, args, call, context);
  }

  @FieldResolver(() => EffectivePermissionConnection, {
    description: "The SOAP actions that the key may call in the chosen place by its rights, by name.",
  })
  soapPermissions(
    @Root() record: AccessRecord,
    @Args(() => FirstPermissionsArgs) args: FirstPermissionsArgs,
    @CurrentCall() call: Call,
    @Ctx() context: Context,
  ) {
    return permissionsOf(record, ApiKind.SOAP, args, call, context);
  }

  @Policy("tokens:read")
  @FieldResolver(() => TokenConnection, { description: "The tokens of the key's client, newest first." })
  async tokens(
    @Root() { apiKey }: AccessRecord,
    @Args(() => FirstTokensArgs) { first = PAGE_SIZE_DEFAULT }: FirstTokensArgs,
    @Ctx() { loaders }: Context,
  ) {
    const clientId = apiKey.clientId as string;
    const found = await loaders.newestTokens.load({ clientId, first: first + 1 });
    return firstPageOf(found, first, () => loaders.tokenCount.load(clientId));
  }
}

function permissionsOf(
  { id, place }: AccessRecord,
  kind: ApiKind,
  { first = PAGE_SIZE_DEFAULT }: FirstPermissionsArgs,
  { actor: { sight } }: Call,
  { loaders }: Context,
) {
  return loaders.permissionsOf({ holders: "API_KEY", ...place, kind, first, sight }).load(id);
}
