import type { Document } from "./document.js";
import { AccessRequests } from "./domains/access-requests.js";
import { Accounts } from "./domains/accounts.js";
import { Anomalies } from "./domains/anomalies.js";
import { ApiKeys } from "./domains/api-keys.js";
import { AuditEvents } from "./domains/audit.js";
import { Apis, Collections, Regions } from "./domains/catalogue.js";
import { Clients } from "./domains/clients.js";
import { GatewayKeys } from "./domains/gateway-keys.js";
import { AuthorityGroups } from "./domains/groups.js";
import { Notifications } from "./domains/notifications.js";
import { Permissions } from "./domains/permissions.js";
import { AccessRecords } from "./domains/records.js";
import { Scopes } from "./domains/scopes.js";
import { Sessions } from "./domains/sessions.js";
import { System } from "./domains/system.js";
import { Tokens } from "./domains/tokens.js";
import { Usage } from "./domains/usage.js";
import { Users } from "./domains/users.js";
import { Webhooks } from "./domains/webhooks.js";
import {
  type ActorFragment,
  ChangePasswordDocument,
  type ChangePasswordInput,
  ExplainVerificationDocument,
  type ExplainVerificationInput,
  type ExplainVerificationQuery,
  MeDocument,
  RequestPasswordResetDocument,
  type RequestPasswordResetInput,
  ResetPasswordDocument,
  type ResetPasswordInput,
  SignInDocument,
  type SignInInput,
  type SignInMutation,
  SignOutDocument,
  VerifyCredentialDocument,
  type VerifyCredentialInput,
  type VerifyCredentialMutation,
} from "./generated/operations.js";
import { Graphql } from "./graphql.js";
import type { CallOptions, LatchkeyOptions } from "./options.js";
import { Transport } from "./transport.js";
import type { Verdict, VerifyRequest } from "./verdict.js";
import { Verification } from "./verification.js";

/** Who is signed in, and what they may do. */
export type Actor = ActorFragment;

/** The session token, when it ends, and whose it is. */
export type SignedIn = SignInMutation["signIn"];

/** A verdict as GraphQL tells it. */
export type GraphqlVerdict = VerifyCredentialMutation["verifyCredential"];

/** A verdict with the checks that lead to it. */
export type Explanation = ExplainVerificationQuery["explainVerification"];

/**
 * A client of one Latchkey. Every method answers with a promise, and rejects with an {@link SdkError} that carries a
 * stable code. After a passing failure calls are repeated: changes too, by a key that the server knows them by, so that
 * nothing is done twice.
 */
export class Latchkey {
  readonly users: Users;
  readonly sessions: Sessions;
  readonly accounts: Accounts;
  readonly clients: Clients;
  readonly regions: Regions;
  readonly collections: Collections;
  readonly apis: Apis;
  readonly groups: AuthorityGroups;
  readonly scopes: Scopes;
  readonly keys: ApiKeys;
  readonly tokens: Tokens;
  readonly gatewayKeys: GatewayKeys;
  readonly permissions: Permissions;
  readonly records: AccessRecords;
  readonly accessRequests: AccessRequests;
  readonly notifications: Notifications;
  readonly usage: Usage;
  readonly anomalies: Anomalies;
  readonly webhooks: Webhooks;
  readonly audit: AuditEvents;
  readonly system: System;
  private readonly graphql: Graphql;
  private readonly verification: Verification;

  constructor(options: LatchkeyOptions) {
    const transport = new Transport(options);
    this.graphql = new Graphql(transport, options.credential);
    this.verification = new Verification(transport, options.gatewayKey);
    this.users = new Users(this.graphql);
    this.sessions = new Sessions(this.graphql);
    this.accounts = new Accounts(this.graphql);
    this.clients = new Clients(this.graphql);
    this.regions = new Regions(this.graphql);
    this.collections = new Collections(this.graphql);
    this.apis = new Apis(this.graphql);
    this.groups = new AuthorityGroups(this.graphql);
    this.scopes = new Scopes(this.graphql);
    this.keys = new ApiKeys(this.graphql);
    this.tokens = new Tokens(this.graphql);
    this.gatewayKeys = new GatewayKeys(this.graphql);
    this.permissions = new Permissions(this.graphql);
    this.records = new AccessRecords(this.graphql);
    this.accessRequests = new AccessRequests(this.graphql);
    this.notifications = new Notifications(this.graphql);
    this.usage = new Usage(this.graphql);
    this.anomalies = new Anomalies(this.graphql);
    this.webhooks = new Webhooks(this.graphql);
    this.audit = new AuditEvents(this.graphql);
    this.system = new System(this.graphql);
  }

  /**
   * Signs in with a user's name or a client id; later calls carry the session token in place of what they carried
   * before. The session lasts 12 hours. Errors: `UNAUTHENTICATED`, or `RATE_LIMITED` when too many sign in at once;
   * both leave everything as it was.
   */
  async signIn(input: SignInInput, options?: CallOptions): Promise<SignedIn> {
    // Without the credential of before: it may be over, and would be refused before the password is looked at.
    const { signIn } = await this.graphql.runAs(undefined, SignInDocument, { input }, options);
    this.graphql.credential = signIn.token;
    return signIn;
  }

  /** Ends the session; later calls carry nothing. False when they carry an API key, which has none and stays. */
  async signOut(options?: CallOptions): Promise<boolean> {
    const ended = this.graphql.credential;
    // Not repeated: after a lost answer the session is over, and would be refused.
    const { signOut } = await this.graphql.request(SignOutDocument, {}, options);
    if (signOut && this.graphql.credential === ended) this.graphql.credential = undefined;
    return signOut;
  }

  /**
   * Changes the password of who is signed in. This session goes on, all others end; API keys stay. A wrong old password
   * counts as a failed sign-in. Errors: `INVALID_INPUT`, `FORBIDDEN` with an API key, `RATE_LIMITED`.
   */
  async changePassword(input: ChangePasswordInput, options?: CallOptions): Promise<Actor> {
    return (await this.graphql.run(ChangePasswordDocument, { input }, options)).changePassword;
  }

  /** Asks for a mail with a link that sets a new password. Resolves whether the account exists or not. */
  async requestPasswordReset(input: RequestPasswordResetInput, options?: CallOptions): Promise<void> {
    await this.graphql.run(RequestPasswordResetDocument, { input }, options);
  }

  /** Sets a new password with the token of a link, which works once. Errors: `INVALID_INPUT`. */
  async resetPassword(input: ResetPasswordInput, options?: CallOptions): Promise<void> {
    await this.graphql.run(ResetPasswordDocument, { input }, options);
  }

  /** Who is signed in. Errors: `UNAUTHENTICATED`. */
  async me(options?: CallOptions): Promise<Actor> {
    return (await this.graphql.run(MeDocument, {}, options)).me;
  }

  /**
   * Asks for one verdict over `POST /v1/verify`, as a gateway or a service does for each call it receives; needs no
   * sign-in. It is asked again only when the server said that it could not decide, since an allowed verdict counts as a
   * use.
   * Errors: `FORBIDDEN` when this machine is not in `VERIFY_NETWORKS` and has no gateway key in force,
   * `INVALID_INPUT`.
   */
  verify(request: VerifyRequest, options?: CallOptions): Promise<Verdict> {
    return this.verification.verify(request, options);
  }

  /** Asks for 1 to 100 verdicts in one round trip, answered in order. Errors: as of `verify`. */
  verifyBatch(requests: readonly VerifyRequest[], options?: CallOptions): Promise<readonly Verdict[]> {
    return this.verification.verifyBatch(requests, options);
  }

  /** Asks for a verdict over GraphQL, for holders of `verdicts:ask` outside the networks that may ask over HTTP. */
  async verifyCredential(input: VerifyCredentialInput, options?: CallOptions): Promise<GraphqlVerdict> {
    // A verdict is a use, and is not kept: asked again, it would be a second.
    return (await this.graphql.request(VerifyCredentialDocument, { input }, options)).verifyCredential;
  }

  /**
   * Tells why a call is, or would be, allowed or refused, check by check, of a credential or of a key by its id. Nothing is
   * used up. Errors: `INVALID_INPUT`, `NOT_FOUND`, `FORBIDDEN` without `verdicts:ask`.
   */
  async explainVerification(input: ExplainVerificationInput, options?: CallOptions): Promise<Explanation> {
    return (await this.graphql.run(ExplainVerificationDocument, { input }, options)).explainVerification;
  }

  /**
   * Runs an operation of your own, typed by a `Document` or left as text. A mutation is repeated after a passing failure
   * only when you give it an `idempotencyKey`.
   */
  request<Result, Variables>(
    document: Document<Result, Variables>,
    variables: Variables,
    options?: CallOptions,
  ): Promise<Result> {
    return this.graphql.request(document, variables, options);
  }
}
