import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Call } from "../access/call.js";
import { Region } from "../catalogue/region.entity.js";
import { type Context, CurrentCall } from "../graphql/context.js";
import { Policy } from "../graphql/policy.js";
import { AuthorityGroup } from "../groups/authority-group.entity.js";
import { SignInPolicy, signInPolicyOf } from "../users/sign-in-policy.types.js";
import { Client, ClientStatus } from "./client.entity.js";
import type { ClientService } from "./client.service.js";
import {
  ClientArgs,
  ClientConnection,
  ClientGroupsInput,
  ClientLookup,
  CreateClientInput,
  DeleteClientInput,
  SetClientStatusInput,
  UpdateClientInput,
} from "./client.types.js";
import { statusOf } from "./client-status.js";

@Resolver(() => Client)
export class ClientResolver {
  constructor(private readonly service: ClientService) {}

  @Policy("clients:read")
  @Query(() => ClientConnection, {
    description:
      "Clients, newest first. The search finds client ids, names, display names, application numbers and the names of their groups. A client sees only itself.",
  })
  clients(@CurrentCall() call: Call, @Args(() => ClientArgs) args: ClientArgs) {
    return this.service.list(call, args);
  }

  @Policy("clients:read")
  @Query(() => Client, { description: "One client, by its id or its client id. Errors: INVALID_INPUT, NOT_FOUND." })
  client(@CurrentCall() call: Call, @Args(() => ClientLookup) lookup: ClientLookup) {
    return this.service.get(call, lookup.reference);
  }

  @Policy("clients:write")
  @Mutation(() => Client, {
    description:
      "Create a client. Errors: INVALID_INPUT, CONFLICT (client id, name or display name is taken; a client id also by a deleted client).",
  })
  createClient(@CurrentCall() call: Call, @Arg("input", () => CreateClientInput) input: CreateClientInput) {
    return this.service.create(call, input);
  }

  @Policy("clients:write")
  @Mutation(() => Client, {
    description: "Change a client; its credentials follow at once. Errors: INVALID_INPUT, NOT_FOUND, CONFLICT.",
  })
  updateClient(@CurrentCall() call: Call, @Arg("input", () => UpdateClientInput) input: UpdateClientInput) {
    return this.service.update(call, input);
  }

  @Policy("clients:write")
  @Mutation(() => Client, {
    description:
      "Enable, disable or lock a client; verdicts follow at once. One that is not enabled loses its sessions; enabling lifts a lock by failed sign-ins and resets their count. Errors: INVALID_INPUT, NOT_FOUND.",
  })
  setClientStatus(@CurrentCall() call: Call, @Arg("input", () => SetClientStatusInput) input: SetClientStatusInput) {
    return this.service.setStatus(call, input);
  }

  @Policy("clients:write")
  @Mutation(() => Client, {
    description: "Give authority groups to a client; those it holds already stay. Errors: INVALID_INPUT, NOT_FOUND.",
  })
  addClientGroups(@CurrentCall() call: Call, @Arg("input", () => ClientGroupsInput) input: ClientGroupsInput) {
    return this.service.addGroups(call, input);
  }

  @Policy("clients:write")
  @Mutation(() => Client, {
    description:
      "Take authority groups from a client and, at once, from its keys and tokens; those it does not hold change nothing. Errors: INVALID_INPUT, NOT_FOUND.",
  })
  removeClientGroups(@CurrentCall() call: Call, @Arg("input", () => ClientGroupsInput) input: ClientGroupsInput) {
    return this.service.removeGroups(call, input);
  }

  @Policy("clients:write")
  @Mutation(() => Client, {
    description:
      "Delete a client with its keys, tokens and sessions, for good; its client id is never given again. Answers the client as it was. Errors: INVALID_INPUT (not confirmed: says what would go with it), NOT_FOUND, CONFLICT (a system client).",
  })
  deleteClient(@CurrentCall() call: Call, @Arg("input", () => DeleteClientInput) input: DeleteClientInput) {
    return this.service.delete(call, input);
  }

  @FieldResolver(() => ClientStatus)
  status(@Root() client: Client, @Ctx() { now }: Context) {
    return statusOf(client, now);
  }

  @FieldResolver(() => SignInPolicy, { description: "How its failed sign-ins are counted, and what they have led to." })
  signInPolicy(@Root() client: Client, @Ctx() { now }: Context): SignInPolicy {
    return signInPolicyOf(client, now);
  }

  @FieldResolver(() => Region, { nullable: true, description: "The region that it belongs to." })
  region(@Root() client: Client, @Ctx() { loaders }: Context) {
    return client.regionId === null ? null : loaders.region.load(client.regionId);
  }

  @FieldResolver(() => [AuthorityGroup], { description: "The groups that it holds, by name." })
  groups(@Root() client: Client, @Ctx() { loaders }: Context) {
    return loaders.groupsOfClient.load(client.id);
  }
}
