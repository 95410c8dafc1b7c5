import { AccessRequest } from "../access-requests/access-request.entity.js";
import { Anomaly } from "../anomalies/anomaly.entity.js";
import { AuditEvent } from "../audit/audit-event.entity.js";
import { AuditLink } from "../audit/audit-link.entity.js";
import { Api } from "../catalogue/api.entity.js";
import { Collection } from "../catalogue/collection.entity.js";
import { Region } from "../catalogue/region.entity.js";
import { Client } from "../clients/client.entity.js";
import { ClientGroup } from "../clients/client-group.entity.js";
import { ClientId } from "../clients/client-id.entity.js";
import { ClientScope } from "../clients/client-scope.entity.js";
import { GatewayKey } from "../gateways/gateway-key.entity.js";
import { AuthorityGroup } from "../groups/authority-group.entity.js";
import { GroupApi } from "../groups/group-api.entity.js";
import { ApiKey } from "../keys/api-key.entity.js";
import { ApiKeyGroup } from "../keys/api-key-group.entity.js";
import { ApiKeySecret } from "../keys/api-key-secret.entity.js";
import { Notification } from "../notifications/notification.entity.js";
import { ScheduledJob } from "../schedule/scheduled-job.entity.js";
import { Scope } from "../scopes/scope.entity.js";
import { ScopeGroup } from "../scopes/scope-group.entity.js";
import { Token } from "../tokens/token.entity.js";
import { TokenFamily } from "../tokens/token-family.entity.js";
import { TokenSettings } from "../tokens/token-settings.entity.js";
import { RecentCall } from "../usage/recent-call.entity.js";
import { PasswordReset } from "../users/password-reset.entity.js";
import { Session } from "../users/session.entity.js";
import { User } from "../users/user.entity.js";
import { Webhook } from "../webhooks/webhook.entity.js";
import { WebhookDelivery } from "../webhooks/webhook-delivery.entity.js";

/** Every table that TypeORM reads and writes. */
export const entities = [
  User,
  Session,
  Region,
  Collection,
  Api,
  AuthorityGroup,
  GroupApi,
  Client,
  ClientId,
  ClientGroup,
  ClientScope,
  Scope,
  ScopeGroup,
  ApiKey,
  ApiKeyGroup,
  ApiKeySecret,
  GatewayKey,
  TokenSettings,
  TokenFamily,
  Token,
  AccessRequest,
  Notification,
  PasswordReset,
  ScheduledJob,
  RecentCall,
  Anomaly,
  Webhook,
  WebhookDelivery,
  AuditEvent,
  AuditLink,
];
