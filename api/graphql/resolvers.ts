import { AccessRequestResolver } from "../access-requests/access-request.resolver.js";
import { AnomalyResolver } from "../anomalies/anomaly.resolver.js";
import { AuditChainResolver } from "../audit/audit-chain.resolver.js";
import { AuditEventResolver } from "../audit/audit-event.resolver.js";
import { ApiResolver } from "../catalogue/api.resolver.js";
import { CollectionResolver } from "../catalogue/collection.resolver.js";
import { ImportResolver } from "../catalogue/import/import.resolver.js";
import { RegionResolver } from "../catalogue/region.resolver.js";
import { ClientResolver } from "../clients/client.resolver.js";
import { ClientRightsResolver } from "../clients/client-rights.resolver.js";
import { GatewayKeyResolver } from "../gateways/gateway-key.resolver.js";
import { RecipeResolver } from "../gateways/recipes/recipe.resolver.js";
import { AuthorityGroupResolver } from "../groups/authority-group.resolver.js";
import { KeyRingResolver } from "../key-ring/key-ring.resolver.js";
import { ApiKeyResolver, KeysOfClientResolver } from "../keys/api-key.resolver.js";
import { BulkKeysResolver } from "../keys/bulk.resolver.js";
import { IntegrationTokenResolver } from "../keys/integration-token.resolver.js";
import { SamplesOfKeyResolver } from "../keys/samples/samples.resolver.js";
import { SecretLookupResolver } from "../keys/secret-lookup.resolver.js";
import { SurrenderResolver } from "../keys/surrender.resolver.js";
import { ApiKeyChangedResolver } from "../live/api-key-changed.resolver.js";
import { UsageUpdatedResolver } from "../live/usage-updated.resolver.js";
import { NotificationResolver } from "../notifications/notification.resolver.js";
import { ApiCallerResolver } from "../permissions/api-caller.resolver.js";
import {
  PermissionResolver,
  PermissionsOfKeyResolver,
  PermissionsOfTokenResolver,
} from "../permissions/permission.resolver.js";
import { AccessRecordResolver } from "../records/access-record.resolver.js";
import { ScheduledJobResolver } from "../schedule/scheduled-job.resolver.js";
import { ScopeResolver } from "../scopes/scope.resolver.js";
import { TokenResolver, TokensOfClientResolver } from "../tokens/token.resolver.js";
import { TokenSettingsOfClientResolver, TokenSettingsResolver } from "../tokens/token-settings.resolver.js";
import { LimitsResolver } from "../usage/limits.resolver.js";
import { RecentCallResolver } from "../usage/recent-call.resolver.js";
import { UsageResolver, UsageShareResolver } from "../usage/usage.resolver.js";
import { AccountResolver } from "../users/account.resolver.js";
import { PasswordResetResolver } from "../users/password-reset.resolver.js";
import { SessionResolver } from "../users/session.resolver.js";
import { UserResolver } from "../users/user.resolver.js";
import { WebhookResolver } from "../webhooks/webhook.resolver.js";
import { ExplainVerificationResolver } from "./explain-verification.resolver.js";
import { VerifyCredentialResolver } from "./verify-credential.resolver.js";

/** What the schema is made of. */
export const resolvers = [
  UserResolver,
  SessionResolver,
  AccountResolver,
  ClientResolver,
  ClientRightsResolver,
  ScopeResolver,
  RegionResolver,
  CollectionResolver,
  ApiResolver,
  ImportResolver,
  AuthorityGroupResolver,
  ApiKeyResolver,
  KeysOfClientResolver,
  SamplesOfKeyResolver,
  BulkKeysResolver,
  IntegrationTokenResolver,
  PermissionResolver,
  PermissionsOfKeyResolver,
  PermissionsOfTokenResolver,
  ApiCallerResolver,
  SecretLookupResolver,
  SurrenderResolver,
  TokenSettingsResolver,
  TokenSettingsOfClientResolver,
  TokenResolver,
  TokensOfClientResolver,
  AccessRecordResolver,
  VerifyCredentialResolver,
  ExplainVerificationResolver,
  GatewayKeyResolver,
  RecipeResolver,
  AccessRequestResolver,
  NotificationResolver,
  PasswordResetResolver,
  UsageResolver,
  UsageShareResolver,
  RecentCallResolver,
  LimitsResolver,
  AnomalyResolver,
  WebhookResolver,
  AuditEventResolver,
  AuditChainResolver,
  ScheduledJobResolver,
  KeyRingResolver,
  ApiKeyChangedResolver,
  UsageUpdatedResolver,
] as const;

export type ResolverInstance = InstanceType<(typeof resolvers)[number]>;
