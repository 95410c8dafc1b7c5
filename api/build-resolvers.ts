import type { DataSource } from "typeorm";
import { AccessRequestResolver } from "./access-requests/access-request.resolver.js";
import { AccessRequestService } from "./access-requests/access-request.service.js";
import { AnomalyResolver } from "./anomalies/anomaly.resolver.js";
import { AnomalyService } from "./anomalies/anomaly.service.js";
import { AuditChainResolver } from "./audit/audit-chain.resolver.js";
import { AuditChainService } from "./audit/audit-chain.service.js";
import { AuditEventResolver } from "./audit/audit-event.resolver.js";
import type { AuditEventService } from "./audit/audit-event.service.js";
import { ApiResolver } from "./catalogue/api.resolver.js";
import { ApiService } from "./catalogue/api.service.js";
import { CollectionResolver } from "./catalogue/collection.resolver.js";
import { CollectionService } from "./catalogue/collection.service.js";
import { ImportResolver } from "./catalogue/import/import.resolver.js";
import { ImportService } from "./catalogue/import/import.service.js";
import { DocumentReader } from "./catalogue/import/read-in-worker.js";
import { RegionResolver } from "./catalogue/region.resolver.js";
import { RegionService } from "./catalogue/region.service.js";
import { ClientResolver } from "./clients/client.resolver.js";
import { ClientService } from "./clients/client.service.js";
import { ClientRightsResolver } from "./clients/client-rights.resolver.js";
import { ClientRightsService } from "./clients/client-rights.service.js";
import { GatewayKeyResolver } from "./gateways/gateway-key.resolver.js";
import { GatewayKeyService } from "./gateways/gateway-key.service.js";
import { RecipeResolver } from "./gateways/recipes/recipe.resolver.js";
import { RecipeService } from "./gateways/recipes/recipe.service.js";
import { ExplainVerificationResolver } from "./graphql/explain-verification.resolver.js";
import type { ResolverInstance } from "./graphql/resolvers.js";
import { VerifyCredentialResolver } from "./graphql/verify-credential.resolver.js";
import { AuthorityGroupResolver } from "./groups/authority-group.resolver.js";
import { AuthorityGroupService } from "./groups/authority-group.service.js";
import { KeyRingResolver } from "./key-ring/key-ring.resolver.js";
import { KeyRingReport } from "./key-ring/key-ring-report.js";
import { ApiKeyResolver, KeysOfClientResolver } from "./keys/api-key.resolver.js";
import { ApiKeyService } from "./keys/api-key.service.js";
import { BulkKeysResolver } from "./keys/bulk.resolver.js";
import { BulkCreateService } from "./keys/bulk-create.service.js";
import { BulkRevokeService } from "./keys/bulk-revoke.service.js";
import type { KeyPolicy } from "./keys/draft-api-key.js";
import { ImportKeysService } from "./keys/import-keys.service.js";
import { IntegrationTokenResolver } from "./keys/integration-token.resolver.js";
import { IntegrationTokenService } from "./keys/integration-token.service.js";
import type { KeyMails } from "./keys/key-mails.js";
import { RevealService } from "./keys/reveal.service.js";
import { RotationService } from "./keys/rotation.service.js";
import { SamplesOfKeyResolver } from "./keys/samples/samples.resolver.js";
import { SecretLookupResolver } from "./keys/secret-lookup.resolver.js";
import { SecretLookupService } from "./keys/secret-lookup.service.js";
import { SurrenderResolver } from "./keys/surrender.resolver.js";
import { SurrenderService } from "./keys/surrender.service.js";
import { UpdateApiKeyService } from "./keys/update-api-key.service.js";
import { ApiKeyChangedResolver } from "./live/api-key-changed.resolver.js";
import { UsageUpdatedResolver } from "./live/usage-updated.resolver.js";
import { NotificationResolver } from "./notifications/notification.resolver.js";
import { NotificationService } from "./notifications/notification.service.js";
import type { Outbox } from "./notifications/outbox.js";
import { ApiCallerResolver } from "./permissions/api-caller.resolver.js";
import { ApiCallerService } from "./permissions/api-caller.service.js";
import {
  PermissionResolver,
  PermissionsOfKeyResolver,
  PermissionsOfTokenResolver,
} from "./permissions/permission.resolver.js";
import { PermissionService } from "./permissions/permission.service.js";
import { AccessRecordResolver } from "./records/access-record.resolver.js";
import { AccessRecordService } from "./records/access-record.service.js";
import { ScheduledJobResolver } from "./schedule/scheduled-job.resolver.js";
import { ScheduledJobService } from "./schedule/scheduled-job.service.js";
import { ScopeResolver } from "./scopes/scope.resolver.js";
import { ScopeService } from "./scopes/scope.service.js";
import type { KeyRing } from "./secrets/key-ring.js";
import type { ClientAuthentication } from "./tokens/authenticate-client.js";
import { GenerateTokenService } from "./tokens/generate-token.service.js";
import { RevealTokenService } from "./tokens/reveal-token.service.js";
import { RevokeTokensService } from "./tokens/revoke-tokens.service.js";
import { TokenResolver, TokensOfClientResolver } from "./tokens/token.resolver.js";
import { TokenService } from "./tokens/token.service.js";
import { TokenSettingsOfClientResolver, TokenSettingsResolver } from "./tokens/token-settings.resolver.js";
import { TokenSettingsService } from "./tokens/token-settings.service.js";
import { LimitsResolver } from "./usage/limits.resolver.js";
import { LimitsService } from "./usage/limits.service.js";
import { RecentCallResolver } from "./usage/recent-call.resolver.js";
import { RecentCallService } from "./usage/recent-call.service.js";
import { UsageResolver, UsageShareResolver } from "./usage/usage.resolver.js";
import { UsageService } from "./usage/usage.service.js";
import { AccountResolver } from "./users/account.resolver.js";
import { AccountService } from "./users/account.service.js";
import { PasswordResetResolver } from "./users/password-reset.resolver.js";
import type { PasswordResetRequests } from "./users/request-password-reset.js";
import { resetPasswordByLink } from "./users/reset-password-by-link.js";
import { SessionResolver } from "./users/session.resolver.js";
import { SessionService } from "./users/session.service.js";
import { UserResolver } from "./users/user.resolver.js";
import type { UserService } from "./users/user.service.js";
import type { Explainer } from "./verification/explainer.js";
import type { Verifier } from "./verification/verifier.js";
import type { Reachable } from "./webhooks/public-address.js";
import { WebhookResolver } from "./webhooks/webhook.resolver.js";
import { WebhookService } from "./webhooks/webhook.service.js";

/** What is shared, made by the app. */
export interface Parts {
  readonly dataSource: DataSource;
  readonly keyRing: KeyRing;
  readonly brand: string;
  readonly keyPolicy: KeyPolicy;
  readonly keyMails: KeyMails;
  readonly verifier: Verifier;
  readonly explainer: Explainer;
  readonly outbox: Outbox;
  readonly resets: PasswordResetRequests;
  readonly users: UserService;
  readonly auditEvents: AuditEventService;
  readonly clientAuthentication: ClientAuthentication;
  readonly allowLegacyGrants: boolean;
  /** The header that a key is read from. */
  readonly apiKeyHeader: string;
  /** Where others reach this installation. */
  readonly publicUrl: () => string;
  /** Where this node listens. */
  readonly listensAt: () => string;
  /** Where webhooks may lead. */
  readonly reachable: Reachable;
}

/** One object of each resolver class, with the services that it calls. */
export function resolversOf(parts: Parts): readonly ResolverInstance[] {
  const { dataSource, keyRing, brand, keyPolicy, keyMails, verifier, explainer, outbox, resets, users, auditEvents } =
    parts;
  const secrets = { keyRing, brand };
  const keys = new ApiKeyService(dataSource, secrets, keyPolicy, keyMails);
  const tokenRevocation = new RevokeTokensService(dataSource);
  return [
    new UserResolver(users),
    new SessionResolver(new SessionService(dataSource, keyRing, brand)),
    new AccountResolver(new AccountService(dataSource)),
    new ClientResolver(new ClientService(dataSource)),
    new ClientRightsResolver(new ClientRightsService(dataSource)),
    new ScopeResolver(new ScopeService(dataSource)),
    new RegionResolver(new RegionService(dataSource)),
    new CollectionResolver(new CollectionService(dataSource)),
    new ApiResolver(new ApiService(dataSource)),
    new ImportResolver(new ImportService(dataSource, new DocumentReader())),
    new AuthorityGroupResolver(new AuthorityGroupService(dataSource)),
    new ApiKeyResolver(
      keys,
      new UpdateApiKeyService(dataSource, keyPolicy),
      new RotationService(dataSource, secrets, keyMails),
      new RevealService(dataSource, keyRing),
    ),
    new ScheduledJobResolver(new ScheduledJobService(dataSource)),
    new KeyRingResolver(new KeyRingReport(dataSource, keyRing)),
    new KeysOfClientResolver(),
    new SamplesOfKeyResolver(parts.publicUrl, parts.apiKeyHeader),
    new IntegrationTokenResolver(new IntegrationTokenService(dataSource, secrets, keyPolicy, keyMails)),
    new BulkKeysResolver(
      new BulkCreateService(dataSource, secrets, keyPolicy, keyMails),
      new BulkRevokeService(dataSource, keyMails),
      new ImportKeysService(dataSource, secrets, keyPolicy, keyMails),
    ),
    new PermissionResolver(new PermissionService(dataSource)),
    new PermissionsOfKeyResolver(),
    new PermissionsOfTokenResolver(),
    new ApiCallerResolver(new ApiCallerService(dataSource)),
    new SecretLookupResolver(new SecretLookupService(dataSource, secrets)),
    new SurrenderResolver(new SurrenderService(dataSource, secrets, keys, tokenRevocation)),
    new TokenSettingsResolver(new TokenSettingsService(dataSource, parts.allowLegacyGrants)),
    new TokenSettingsOfClientResolver(),
    new TokenResolver(
      new TokenService(dataSource, brand),
      new GenerateTokenService(dataSource, secrets, parts.clientAuthentication),
      new RevealTokenService(dataSource, keyRing),
      tokenRevocation,
    ),
    new TokensOfClientResolver(),
    new AccessRecordResolver(new AccessRecordService(dataSource, brand)),
    new VerifyCredentialResolver(verifier),
    new ExplainVerificationResolver(explainer),
    new GatewayKeyResolver(new GatewayKeyService(dataSource, secrets)),
    new RecipeResolver(new RecipeService(dataSource, parts.publicUrl, parts.listensAt)),
    new AccessRequestResolver(new AccessRequestService(dataSource, outbox)),
    new NotificationResolver(new NotificationService(dataSource, outbox)),
    new PasswordResetResolver(resets, (origin, input) => resetPasswordByLink(dataSource, keyRing, origin, input)),
    new UsageResolver(new UsageService(dataSource)),
    new UsageShareResolver(),
    new RecentCallResolver(new RecentCallService(dataSource)),
    new LimitsResolver(new LimitsService(dataSource)),
    new AnomalyResolver(new AnomalyService(dataSource)),
    new WebhookResolver(new WebhookService(dataSource, keyRing, parts.reachable)),
    new AuditEventResolver(auditEvents),
    new AuditChainResolver(new AuditChainService(dataSource, keyRing)),
    new ApiKeyChangedResolver(),
    new UsageUpdatedResolver(),
  ];
}
