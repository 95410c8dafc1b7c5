export {
  type AuditChainCheck,
  type AuditChainExpectation,
  type AuditChainPoint,
  type AuditRecordBreak,
  verifyAuditChain,
} from "./audit-chain.js";
export type { AuditRecord } from "./audit-export.js";
export type { Document } from "./document.js";
export type { AccessRequest, AccessRequests } from "./domains/access-requests.js";
export type { Account, Accounts, OneTimePassword } from "./domains/accounts.js";
export type { Anomalies, Anomaly } from "./domains/anomalies.js";
export type {
  ApiKey,
  ApiKeys,
  CodeSample,
  CreatedApiKey,
  CreatedApiKeys,
  ImportedApiKeys,
  LookedUpSecret,
  SurrenderedSecret,
} from "./domains/api-keys.js";
export type { AuditChain, AuditEvent, AuditEvents, AuditExportQuery } from "./domains/audit.js";
export type { Api, Apis, CatalogueImport, Collection, Collections, Region, Regions } from "./domains/catalogue.js";
export type { Client, Clients, DeletedClient, TokenSettings } from "./domains/clients.js";
export type { CreatedGatewayKey, GatewayKey, GatewayKeys, GatewayRecipe } from "./domains/gateway-keys.js";
export type {
  AuthorityGroup,
  AuthorityGroups,
  AuthorityGroupWithApis,
  AuthorityGroupWithCount,
} from "./domains/groups.js";
export type { Notification, Notifications } from "./domains/notifications.js";
export type { ApiCaller, EffectivePermission, Permissions } from "./domains/permissions.js";
export type { AccessRecord, AccessRecords } from "./domains/records.js";
export type { DeletedScope, Scope, Scopes } from "./domains/scopes.js";
export type { Session, Sessions } from "./domains/sessions.js";
export type { KeyRingVersion, ScheduledJob, System } from "./domains/system.js";
export type { ShownToken, Token, Tokens } from "./domains/tokens.js";
export type { ClientLimits, RecentCall, Usage, UsageReport, UsageUpdate } from "./domains/usage.js";
export type { User, Users } from "./domains/users.js";
export type { CreatedWebhook, Webhook, WebhookDelivery, Webhooks } from "./domains/webhooks.js";
export type * from "./generated/operations.js";
export { type Actor, type Explanation, type GraphqlVerdict, Latchkey, type SignedIn } from "./latchkey.js";
export type { CallOptions, LatchkeyOptions } from "./options.js";
export type { Page, PageArguments, PageInfo } from "./paging.js";
export {
  type FieldProblem,
  SdkError,
  type SdkErrorCode,
  type SdkErrorFacts,
  type ServerErrorCode,
} from "./sdk-error.js";
export type {
  Allowed,
  CalledApi,
  ExplainedCheck,
  Quota,
  RateLimit,
  RefusalCode,
  Refused,
  Verdict,
  VerifyRequest,
} from "./verdict.js";
export { createVerifier, type OnUnavailable, type Verifier, type VerifierOptions } from "./verifier.js";
