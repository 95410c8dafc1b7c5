import { Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import type { Call } from "../access/call.js";
import { ClientStatus } from "../clients/client.entity.js";
import { statusOf } from "../clients/client-status.js";
import { PAGE_SIZE_DEFAULT } from "../database/paginate.js";
import { type Context, CurrentCall } from "../graphql/context.js";
import { Policy } from "../graphql/policy.js";
import { ApiKey } from "../keys/api-key.entity.js";
import type { ApiCallerService } from "./api-caller.service.js";
import { ApiCaller, ApiCallerArgs, ApiCallerConnection, FirstCallingKeysArgs } from "./api-caller.types.js";
import { Grant } from "./permission.types.js";

@Resolver(() => ApiCaller)
export class ApiCallerResolver {
  constructor(private readonly service: ApiCallerService) {}

  @Policy("clients:read", { exceptClients: true })
  @Query(() => ApiCallerConnection, {
    description:
      "The clients that have the right to call an API, newest first, each with what grants it. An API that is open to all: every client; a delisted one: none. The search finds what the search of `clients` finds. Errors: NOT_FOUND.",
  })
  apiCallers(@CurrentCall() call: Call, @Args(() => ApiCallerArgs) args: ApiCallerArgs) {
    return this.service.list(call, args);
  }

  @FieldResolver(() => ClientStatus, { description: "That of the client: only an enabled client's calls are allowed." })
  status(@Root() { client }: ApiCaller, @Ctx() { now }: Context) {
    return statusOf(client, now);
  }

  @FieldResolver(() => [Grant], {
    description: "What grants it: OPEN_TO_ALL, then the groups and the scopes by name. At least one.",
  })
  grantedBy(@Root() { client, api }: ApiCaller, @Ctx() { loaders }: Context) {
    return loaders.grants.load({ holder: { kind: "CLIENT", id: client.id }, api });
  }

  @Policy("keys:read")
  @FieldResolver(() => [ApiKey], {
    description:
      "The first of its keys in force (ACTIVE or ROTATING) that may call the API, newest first. None where no key has a group that grants it: a scope grants to tokens.",
  })
  async apiKeys(
    @Root() { client, api }: ApiCaller,
    @Args(() => FirstCallingKeysArgs) { first = PAGE_SIZE_DEFAULT }: FirstCallingKeysArgs,
    @Ctx() { loaders, now }: Context,
  ) {
    return (await loaders.callingKeys({ ...about(api), first, now }).load(client.id)).keys;
  }

  @Policy("keys:read")
  @FieldResolver(() => Int, { description: "How many keys in force may call the API." })
  async apiKeyCount(@Root() { client, api }: ApiCaller, @Ctx() { loaders, now }: Context) {
    return (await loaders.callingKeys({ ...about(api), first: 0, now }).load(client.id)).total;
  }
}

function about({ id, openToAll }: ApiCaller["api"]) {
  return { id, openToAll };
}
