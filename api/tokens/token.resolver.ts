import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Call } from "../access/call.js";
import { refuseWithout } from "../access/refuse-without.js";
import { Api } from "../catalogue/api.entity.js";
import { Client } from "../clients/client.entity.js";
import { PAGE_SIZE_DEFAULT } from "../database/paginate.js";
import { notFound } from "../errors.js";
import { type Context, CurrentCall } from "../graphql/context.js";
import { IdArg } from "../graphql/id-arg.js";
import { Policy } from "../graphql/policy.js";
import { User } from "../users/user.entity.js";
import type { GenerateTokenService } from "./generate-token.service.js";
import { GrantType } from "./grant-type.js";
import { firstPageOf } from "./list-tokens.js";
import type { RevealTokenService } from "./reveal-token.service.js";
import type { RevokeTokensService } from "./revoke-tokens.service.js";
import { Token } from "./token.entity.js";
import type { TokenService } from "./token.service.js";
import {
  FirstTokensArgs,
  GenerateTokenInput,
  RevealTokenInput,
  RevokeTokenInput,
  RevokeTokensInput,
  RevokeTokensPayload,
  TokenArgs,
  TokenConnection,
  TokenSecretPayload,
} from "./token.types.js";
import type { TokenFamily } from "./token-family.entity.js";
import { statusOf, TokenStatus, usesLeftOf } from "./token-status.js";

@Resolver(() => Token)
export class TokenResolver {
  constructor(
    private readonly service: TokenService,
    private readonly generation: GenerateTokenService,
    private readonly reveals: RevealTokenService,
    private readonly revocation: RevokeTokensService,
  ) {}

  @Policy("tokens:read")
  @Query(() => TokenConnection, {
    description:
      "Tokens, newest first: of a client, or of all. A client sees its own. The search finds lookup ids, the client ids, names, display names and application numbers of clients, and the names of users who consented.",
  })
  tokens(@CurrentCall() call: Call, @Args(() => TokenArgs) args: TokenArgs) {
    return this.service.list(call, args);
  }

  @Policy("tokens:read")
  @Query(() => Token, { description: "One token. Errors: NOT_FOUND, for an absent one and for somebody else's." })
  token(@CurrentCall() call: Call, @IdArg() id: string) {
    return this.service.get(call, id);
  }

  @Policy("tokens:write")
  @Mutation(() => TokenSecretPayload, {
    description:
      "Issue an access token to a client for itself (RFC 6749 section 4.4), to send as `Authorization: Bearer`, and a refresh token where the client's token settings have REFRESH_TOKEN. The caller's sign-in is not enough: the client's own client id and password are checked, and what is wrong counts as a failed sign-in of the client. A client that has signed in may do so for itself only. How long and how often the tokens can be used stands in the client's token settings; whoever holds the client's rights later decides what they may do: a scope or group that is taken from it is taken from them at once. Errors: INVALID_INPUT (with one answer that names both `clientId` and `clientSecret` for a client that does not exist, a wrong secret, a client that is locked, not enabled or not in force, and, of a client that asks, for every other client; `scopes.N` for a scope that the client does not hold), CONFLICT (the token settings lack CLIENT_CREDENTIALS: `updateTokenSettings`), RATE_LIMITED (too many passwords are being checked at once: HTTP 429 with Retry-After).",
  })
  generateToken(@CurrentCall() call: Call, @Arg("input", () => GenerateTokenInput) input: GenerateTokenInput) {
    return this.generation.generate(call, input);
  }

  @Policy("tokens:reveal")
  @Mutation(() => TokenSecretPayload, {
    description:
      "Show a saved token again, to its client or to a system administrator. The audit keeps who, when and why. Errors: INVALID_INPUT, NOT_FOUND, CONFLICT (it was not saved, or it is revoked, replaced or expired).",
  })
  revealToken(@CurrentCall() call: Call, @Arg("input", () => RevealTokenInput) input: RevealTokenInput) {
    return this.reveals.reveal(call, input);
  }

  @Policy("tokens:write")
  @Mutation(() => Token, {
    description:
      "End one token for good; its row stays, and other tokens of its grant go on. Revoking it again changes nothing. Errors: NOT_FOUND.",
  })
  revokeToken(@CurrentCall() call: Call, @Arg("input", () => RevokeTokenInput) input: RevokeTokenInput) {
    return this.revocation.revoke(call, input);
  }

  @Policy("tokens:write")
  @Mutation(() => RevokeTokensPayload, {
    description:
      "End all tokens in force of a client, or all that came of one grant, with what is being issued meanwhile. Errors: INVALID_INPUT (not exactly one of `clientId` and `familyId`), NOT_FOUND, CONFLICT (another number than expected, which; nothing was changed).",
  })
  revokeTokens(@CurrentCall() call: Call, @Arg("input", () => RevokeTokensInput) input: RevokeTokensInput) {
    return this.revocation.revokeMany(call, input);
  }

  @FieldResolver(() => TokenStatus)
  async status(@Root() token: Token, @Ctx() context: Context) {
    return statusOf(token, await familyOf(token, context), await callsOf(token, context), context.now);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      "How often it may still be used; null: any number. Of a refresh token: how often its grant may be refreshed.",
  })
  async usesLeft(@Root() token: Token, @Ctx() context: Context) {
    return usesLeftOf(token, await familyOf(token, context), await callsOf(token, context));
  }

  @FieldResolver(() => String, { description: "The token as lists may show it: up to its lookup id." })
  maskedToken(@Root() token: Token) {
    return this.service.masked(token);
  }

  @FieldResolver(() => Boolean, { description: "Whether it is kept encrypted and can be revealed." })
  saved(@Root() { sealed }: Token) {
    return sealed !== null;
  }

  @FieldResolver(() => GrantType, { description: "How it was granted." })
  async grantType(@Root() token: Token, @Ctx() context: Context) {
    return (await familyOf(token, context)).grantType;
  }

  @FieldResolver(() => [String], { description: "The scopes that it was granted and its client still holds, by name." })
  async scopes(@Root() token: Token, @Ctx() context: Context) {
    const { clientId } = await familyOf(token, context);
    const held = await context.loaders.scopesOfClient.load(clientId);
    return held.filter(({ id }) => token.scopeIds.includes(id)).map(({ name }) => name);
  }

  @FieldResolver(() => String, { description: "The client's public identifier." })
  async clientId(@Root() token: Token, @Ctx() context: Context) {
    const { clientId } = await familyOf(token, context);
    return (await context.loaders.client.load(clientId))?.clientId ?? "";
  }

  @Policy("clients:read")
  @FieldResolver(() => Client, { description: "Whose it is." })
  async client(@Root() token: Token, @Ctx() context: Context) {
    return context.loaders.client.load((await familyOf(token, context)).clientId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "User name of who consented, or signed in; null: the client for itself.",
  })
  async userName(@Root() token: Token, @Ctx() context: Context) {
    const { userId } = await familyOf(token, context);
    return userId === null ? null : ((await context.loaders.user.load(userId))?.userName ?? null);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: "Who consented, or signed in. Of others than the caller it needs `users:read`.",
  })
  async user(@Root() token: Token, @CurrentCall() { actor }: Call, @Ctx() context: Context) {
    const { userId } = await familyOf(token, context);
    if (userId === null) return null;
    if (userId !== actor.id) refuseWithout(actor, "users:read");
    return context.loaders.user.load(userId);
  }

  @FieldResolver(() => Api, {
    nullable: true,
    description: "The API that the last call was of; null: the call named none, or the API is gone.",
  })
  lastAccessedApi(@Root() token: Token, @Ctx() { loaders }: Context) {
    return token.lastAccessedApiId === null ? null : loaders.api.load(token.lastAccessedApiId);
  }

  @FieldResolver(() => Date, { nullable: true, description: "When it was ended, by itself or with its family." })
  async revokedAt(@Root() token: Token, @Ctx() context: Context) {
    return (await revocationOf(token, context)).revokedAt;
  }

  @FieldResolver(() => String, { nullable: true, description: "User name or client id of who revoked it." })
  async revokedBy(@Root() token: Token, @Ctx() context: Context) {
    return (await revocationOf(token, context)).revokedBy;
  }

  @FieldResolver(() => String, { nullable: true })
  async revocationReason(@Root() token: Token, @Ctx() context: Context) {
    return (await revocationOf(token, context)).revocationReason;
  }
}

@Resolver(() => Client)
export class TokensOfClientResolver {
  @Policy("tokens:read")
  @FieldResolver(() => TokenConnection, { description: "Its tokens, newest first." })
  async tokens(
    @Root() { id: clientId }: Client,
    @Args(() => FirstTokensArgs) { first = PAGE_SIZE_DEFAULT }: FirstTokensArgs,
    @Ctx() { loaders }: Context,
  ) {
    const found = await loaders.newestTokens.load({ clientId, first: first + 1 });
    return firstPageOf(found, first, () => loaders.tokenCount.load(clientId));
  }
}

async function familyOf({ familyId }: Token, { loaders }: Context): Promise<TokenFamily> {
  const family = await loaders.tokenFamily.load(familyId);
  if (!family) throw notFound("token", `its family ${familyId} has just gone`);
  return family;
}

async function callsOf({ id, usesMax }: Token, { loaders }: Context): Promise<number> {
  return usesMax === 0 ? 0 : loaders.callsOfToken.load(id);
}

async function revocationOf(token: Token, context: Context) {
  return token.revokedAt ? token : familyOf(token, context);
}
