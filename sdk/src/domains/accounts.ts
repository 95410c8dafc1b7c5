import {
  type OneTimePasswordInput,
  SetOneTimePasswordDocument,
  type SetOneTimePasswordMutation,
  SetSignInPolicyDocument,
  type SetSignInPolicyInput,
  type SetSignInPolicyMutation,
} from "../generated/operations.js";
import type { Graphql } from "../graphql.js";
import type { CallOptions } from "../options.js";

/** The user or the client that was named; the other is null. */
export type Account = SetSignInPolicyMutation["setSignInPolicy"];

/** The account, and its random password, shown this once; null when the input gave one. */
export type OneTimePassword = SetOneTimePasswordMutation["setOneTimePassword"];

/** What users and clients have in common: they sign in. */
export class Accounts {
  /** @internal */
  constructor(private readonly graphql: Graphql) {}

  /**
   * Sets how failed sign-ins lock an account, resets their count, or lifts a lock. Fields left out stay as they are.
   * Errors: `INVALID_INPUT`, `FORBIDDEN`, `NOT_FOUND`.
   */
  async setSignInPolicy(input: SetSignInPolicyInput, options?: CallOptions): Promise<Account> {
    return (await this.graphql.run(SetSignInPolicyDocument, { input }, options)).setSignInPolicy;
  }

  /**
   * Gives an account a password that must be changed at the next sign-in. Its sessions end, a lock is lifted.
   * Errors: `INVALID_INPUT`, `FORBIDDEN`, `NOT_FOUND`, `RATE_LIMITED`.
   */
  async setOneTimePassword(input: OneTimePasswordInput, options?: CallOptions): Promise<OneTimePassword> {
    return (await this.graphql.run(SetOneTimePasswordDocument, { input }, options)).setOneTimePassword;
  }
}
