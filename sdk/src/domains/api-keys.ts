import {
  ApiKeyChangedDocument,
  ApiKeyDocument,
  type ApiKeyFragment,
  ApiKeySamplesDocument,
  type ApiKeySamplesQuery,
  ApiKeysDocument,
  type ApiKeysQueryVariables,
  ConfirmIntegrationTokenDocument,
  CreateApiKeyDocument,
  type CreateApiKeyInput,
  type CreateApiKeyMutation,
  CreateApiKeysDocument,
  type CreateApiKeysMutation,
  DisableApiKeyDocument,
  DraftIntegrationTokenDocument,
  type DraftIntegrationTokenInput,
  EnableApiKeyDocument,
  FinishRotationDocument,
  ImportApiKeysDocument,
  type ImportApiKeysInput,
  type ImportApiKeysMutation,
  LookupSecretDocument,
  type LookupSecretQuery,
  RevealApiKeyDocument,
  type RevealApiKeyInput,
  RevokeApiKeyDocument,
  type RevokeApiKeyInput,
  RevokeApiKeysDocument,
  type RevokeApiKeysInput,
  RotateApiKeyDocument,
  type RotateApiKeyInput,
  SurrenderSecretDocument,
  type SurrenderSecretInput,
  type SurrenderSecretMutation,
  UpdateApiKeyDocument,
  type UpdateApiKeyInput,
} from "../generated/operations.js";
import type { Graphql } from "../graphql.js";
import type { CallOptions } from "../options.js";
import { everyNode, type Page, pageOf, type WithoutPage } from "../paging.js";
import type { EffectivePermission } from "./permissions.js";
import type { Token } from "./tokens.js";

/** A long-lived secret of a client or of a user; the secret itself is not in it. */
export type ApiKey = ApiKeyFragment;

/** A new key with its secret, which is shown this once. */
export type CreatedApiKey = CreateApiKeyMutation["createApiKey"];

/** Whose a key or token is, and the first 20 of the APIs that it may call by its rights. */
export interface LookedUpSecret extends Omit<LookupSecretQuery["lookupSecret"], "apiKey" | "token"> {
  readonly apiKey: ApiKey | null;
  readonly token: Token | null;
  readonly permissions: Page<EffectivePermission> | null;
}

/** A key or token that its holder has given up. */
export type SurrenderedSecret = SurrenderSecretMutation["surrenderSecret"];

/** A call with a key that is ready to run: `code` reads the secret from the environment variable `API_KEY`. */
export type CodeSample = ApiKeySamplesQuery["apiKey"]["samples"][number];

/** What became of many new keys: a result for each, in their order. */
export type CreatedApiKeys = CreateApiKeysMutation["createApiKeys"];

/** What became of imported keys: a result for each, in their order. */
export type ImportedApiKeys = ImportApiKeysMutation["importApiKeys"];

/** Long-lived secrets of clients and users. */
export class ApiKeys {
  /** @internal */
  constructor(private readonly graphql: Graphql) {}

  /**
   * A key of the client or user that is named, else of the caller. `secret` is in this answer only: keep it.
   * Errors: `INVALID_INPUT`, `NOT_FOUND` (the owner), `CONFLICT` when the owner has a key in force of this name.
   */
  async create(input: CreateApiKeyInput, options?: CallOptions): Promise<CreatedApiKey> {
    return (await this.graphql.run(CreateApiKeyDocument, { input }, options)).createApiKey;
  }

  /**
   * Up to 1,000 keys at once. Each is judged alone: a result has the key and its secret, or says why it was refused.
   * Errors of the whole: `INVALID_INPUT`, `CONFLICT`.
   */
  async createMany(keys: readonly CreateApiKeyInput[], options?: CallOptions): Promise<CreatedApiKeys> {
    return (await this.graphql.run(CreateApiKeysDocument, { input: { keys: [...keys] } }, options)).createApiKeys;
  }

  /**
   * Takes over up to 1,000 keys of another system by the SHA-256 of their texts; `dryRun` only tells what would become
   * of each. Errors of the whole: `INVALID_INPUT`, `CONFLICT`.
   */
  async import(input: ImportApiKeysInput, options?: CallOptions): Promise<ImportedApiKeys> {
    return (await this.graphql.run(ImportApiKeysDocument, { input }, options)).importApiKeys;
  }

  /**
   * Revokes all keys in force that match, up to 10,000, and tells how many. Errors: `INVALID_INPUT`; `CONFLICT` when
   * another number than `expectedCount` matches: then nothing was changed.
   */
  async revokeMany(input: RevokeApiKeysInput, options?: CallOptions): Promise<number> {
    return (await this.graphql.run(RevokeApiKeysDocument, { input }, options)).revokeApiKeys.revokedCount;
  }

  /** Errors: `NOT_FOUND`, for an absent key and for somebody else's. */
  async get(id: string, options?: CallOptions): Promise<ApiKey> {
    return (await this.graphql.run(ApiKeyDocument, { id }, options)).apiKey;
  }

  /** One page of the keys that the caller reaches, newest first unless `orderBy` says otherwise. */
  async list(query: ApiKeysQueryVariables = {}, options?: CallOptions): Promise<Page<ApiKey>> {
    return pageOf((await this.graphql.run(ApiKeysDocument, query, options)).apiKeys);
  }

  /** Every key that the caller reaches, page after page. */
  all(query: WithoutPage<ApiKeysQueryVariables> = {}, options?: CallOptions): AsyncGenerator<ApiKey> {
    return everyNode((page, each) => this.list(page, each), query, options);
  }

  /**
   * How to call with a key: curl, Python and Node, each for one API that it may call: the one named, else one that only reads.
   * Empty when there is none. Errors: `NOT_FOUND`.
   */
  async samples(id: string, apiId?: string, options?: CallOptions): Promise<readonly CodeSample[]> {
    return (await this.graphql.run(ApiKeySamplesDocument, { id, apiId }, options)).apiKey.samples;
  }

  /**
   * Fields left out stay as they are; null clears. Verdicts follow at once, the secret stays. Errors: `INVALID_INPUT`,
   * `NOT_FOUND`, `FORBIDDEN` for a key that may more than the caller's, `CONFLICT` for one that is revoked or expired, or
   * when the name is taken.
   */
  async update(input: UpdateApiKeyInput, options?: CallOptions): Promise<ApiKey> {
    return (await this.graphql.run(UpdateApiKeyDocument, { input }, options)).updateApiKey;
  }

  /** Ends a key for good; revoking it again changes nothing. Errors: `NOT_FOUND`. */
  async revoke(input: RevokeApiKeyInput, options?: CallOptions): Promise<ApiKey> {
    return (await this.graphql.run(RevokeApiKeyDocument, { input }, options)).revokeApiKey;
  }

  /**
   * Gives a key a new secret in place, which is in this answer only. The one before is accepted for `graceSeconds` more:
   * a day unless said, 0 for no longer. `secrets` of the key shows which of the two is still in use.
   * Errors: `INVALID_INPUT`, `NOT_FOUND`, `FORBIDDEN` for a key that may more than the caller's, `CONFLICT` for one that
   * is revoked or expired.
   */
  async rotate(input: RotateApiKeyInput, options?: CallOptions): Promise<CreatedApiKey> {
    return (await this.graphql.run(RotateApiKeyDocument, { input }, options)).rotateApiKey;
  }

  /** Ends the grace of a rotation now; without one nothing changes. Errors: `NOT_FOUND`. */
  async finishRotation(id: string, options?: CallOptions): Promise<ApiKey> {
    return (await this.graphql.run(FinishRotationDocument, { input: { id } }, options)).finishRotation;
  }

  /**
   * Shows the secret of a recoverable key again, to its owner or a system administrator; the audit keeps the reason.
   * Errors: `NOT_FOUND`, `FORBIDDEN`, `CONFLICT` for a key that is not recoverable, revoked or expired.
   */
  async reveal(input: RevealApiKeyInput, options?: CallOptions): Promise<CreatedApiKey> {
    return (await this.graphql.run(RevealApiKeyDocument, { input }, options)).revealApiKey;
  }

  /**
   * Drafts a token with which another system calls this API, for system administrators. It is accepted nowhere until it is
   * confirmed within 24 hours. Errors: `INVALID_INPUT`, `FORBIDDEN`, `CONFLICT` when the label is taken.
   */
  async draftIntegrationToken(input: DraftIntegrationTokenInput, options?: CallOptions): Promise<CreatedApiKey> {
    return (await this.graphql.run(DraftIntegrationTokenDocument, { input }, options)).draftIntegrationToken;
  }

  /** Lets a drafted token be accepted. Errors: `NOT_FOUND`, `CONFLICT` when the draft is revoked, expired or too old. */
  async confirmIntegrationToken(id: string, options?: CallOptions): Promise<ApiKey> {
    return (await this.graphql.run(ConfirmIntegrationTokenDocument, { input: { id } }, options))
      .confirmIntegrationToken;
  }

  /** Switches a key off. Errors: `NOT_FOUND`. */
  async disable(id: string, options?: CallOptions): Promise<ApiKey> {
    return (await this.graphql.run(DisableApiKeyDocument, { input: { id } }, options)).disableApiKey;
  }

  /** Switches a disabled key on again. Errors: `NOT_FOUND`. */
  async enable(id: string, options?: CallOptions): Promise<ApiKey> {
    return (await this.graphql.run(EnableApiKeyDocument, { input: { id } }, options)).enableApiKey;
  }

  /**
   * Tells whose a secret is that was found or sent, and what it may do; an audit event tells that it was asked.
   * Errors: `INVALID_INPUT` when it is cut off or mistyped, `NOT_FOUND` when it is unknown or somebody else's.
   */
  async lookup(secret: string, options?: CallOptions): Promise<LookedUpSecret> {
    const found = (await this.graphql.run(LookupSecretDocument, { secret }, options)).lookupSecret;
    const [apiKey, permissionsOfKey] = withoutPermissions(found.apiKey);
    const [token, permissionsOfToken] = withoutPermissions(found.token);
    return { ...found, apiKey, token, permissions: permissionsOfKey ?? permissionsOfToken };
  }

  /**
   * Revokes a key or a token by presenting it; needs no sign-in, and carries none. With a refresh token goes all that came
   * of its grant. Errors: `NOT_FOUND`.
   */
  async surrender(input: SurrenderSecretInput, options?: CallOptions): Promise<SurrenderedSecret> {
    return (await this.graphql.runAs(undefined, SurrenderSecretDocument, { input }, options)).surrenderSecret;
  }

  /**
   * Keys that you reach, as they are created and changed, until you leave the loop. Uses are no changes. Errors:
   * `UNAVAILABLE` or `NETWORK` when changes may have been missed: read the list again, and follow again.
   */
  async *changes(options?: CallOptions): AsyncGenerator<ApiKey> {
    for await (const { apiKeyChanged } of this.graphql.follow(ApiKeyChangedDocument, {}, options)) yield apiKeyChanged;
  }
}

type Found = NonNullable<LookupSecretQuery["lookupSecret"]["apiKey" | "token"]>;

function withoutPermissions<T extends Found>(
  found: T | null,
): [Omit<T, "effectivePermissions"> | null, Page<EffectivePermission> | null] {
  if (!found) return [null, null];
  const { effectivePermissions, ...rest } = found;
  return [rest, pageOf(effectivePermissions)];
}
