import {
  GenerateTokenDocument,
  type GenerateTokenInput,
  type GenerateTokenMutation,
  RevealTokenDocument,
  type RevealTokenInput,
  RevokeTokenDocument,
  type RevokeTokenInput,
  RevokeTokensDocument,
  type RevokeTokensInput,
  TokenDocument,
  type TokenFragment,
  TokensDocument,
  type TokensQueryVariables,
} from "../generated/operations.js";
import type { Graphql } from "../graphql.js";
import type { CallOptions } from "../options.js";
import { everyNode, type Page, pageOf, type WithoutPage } from "../paging.js";

/** An OAuth access or refresh token of a client; its text is not in it. */
export type Token = TokenFragment;

/** A token with its text. */
export type ShownToken = GenerateTokenMutation["generateToken"];

/** OAuth tokens of clients. How a client may come by them stands in its token settings: `clients.updateTokenSettings`. */
export class Tokens {
  /** @internal */
  constructor(private readonly graphql: Graphql) {}

  /**
   * Issues an access token to a client for itself, with a refresh token where its settings have `REFRESH_TOKEN`. `secret`
   * goes into `Authorization: Bearer`; unless `save` is set, both texts are in this answer only. What is wrong with the
   * client's credentials counts as a failed sign-in of the client. Errors: `INVALID_INPUT`, with one answer for whatever is
   * wrong with the credentials, and `scopes.N` for a scope that the client does not hold; `CONFLICT` when its settings lack
   * `CLIENT_CREDENTIALS`; `RATE_LIMITED`.
   */
  async generate(input: GenerateTokenInput, options?: CallOptions): Promise<ShownToken> {
    return (await this.graphql.run(GenerateTokenDocument, { input }, options)).generateToken;
  }

  /** Errors: `NOT_FOUND`, for an absent token and for somebody else's. */
  async get(id: string, options?: CallOptions): Promise<Token> {
    return (await this.graphql.run(TokenDocument, { id }, options)).token;
  }

  /** One page of a client's tokens (`clientId`, its id or client id), or of all, newest first unless `orderBy` says otherwise. */
  async list(query: TokensQueryVariables = {}, options?: CallOptions): Promise<Page<Token>> {
    return pageOf((await this.graphql.run(TokensDocument, query, options)).tokens);
  }

  /** Every token, page after page. */
  all(query: WithoutPage<TokensQueryVariables> = {}, options?: CallOptions): AsyncGenerator<Token> {
    return everyNode((page, each) => this.list(page, each), query, options);
  }

  /**
   * Shows a saved token again, to its client or a system administrator; the audit keeps the reason. Errors: `NOT_FOUND`,
   * `FORBIDDEN`, `CONFLICT` for a token that was not saved, or is revoked, replaced or expired.
   */
  async reveal(input: RevealTokenInput, options?: CallOptions): Promise<ShownToken> {
    return (await this.graphql.run(RevealTokenDocument, { input }, options)).revealToken;
  }

  /** Ends one token for good; revoking it again changes nothing. Errors: `NOT_FOUND`. */
  async revoke(input: RevokeTokenInput, options?: CallOptions): Promise<Token> {
    return (await this.graphql.run(RevokeTokenDocument, { input }, options)).revokeToken;
  }

  /**
   * Ends all tokens in force of a client (`clientId`) or of one grant (`familyId`), and tells how many. Errors:
   * `INVALID_INPUT`, `NOT_FOUND`; `CONFLICT` when another number than `expectedCount` matches: then nothing was changed.
   */
  async revokeAll(input: RevokeTokensInput, options?: CallOptions): Promise<number> {
    return (await this.graphql.run(RevokeTokensDocument, { input }, options)).revokeTokens.revokedCount;
  }
}
