import { CreateUsers1795200000001 } from "../../migrations/1795200000001-create-users.js";
import { CreateCatalogue1795200000002 } from "../../migrations/1795200000002-create-catalogue.js";
import { CreateClients1795200000003 } from "../../migrations/1795200000003-create-clients.js";
import { CreateApiKeys1795200000004 } from "../../migrations/1795200000004-create-api-keys.js";
import { CreateAuditEvents1795200000005 } from "../../migrations/1795200000005-create-audit-events.js";
import { AddSignInPolicy1795200000006 } from "../../migrations/1795200000006-add-sign-in-policy.js";
import { DescribeClients1795200000007 } from "../../migrations/1795200000007-describe-clients.js";
import { CreateScopes1795200000008 } from "../../migrations/1795200000008-create-scopes.js";
import { CreateNotifications1795200000009 } from "../../migrations/1795200000009-create-notifications.js";
import { AddSoapApis1795200000010 } from "../../migrations/1795200000010-add-soap-apis.js";
import { CreateApiKeySecrets1795200000011 } from "../../migrations/1795200000011-create-api-key-secrets.js";
import { IndexCallableApis1795200000015 } from "../../migrations/1795200000015-index-callable-apis.js";
import { IndexRecords1795200000016 } from "../../migrations/1795200000016-index-records.js";
import { ChangeKeys1795200000018 } from "../../migrations/1795200000018-change-keys.js";
import { CreateScheduledJobs1795200000019 } from "../../migrations/1795200000019-create-scheduled-jobs.js";
import { RecoverKeys1795200000020 } from "../../migrations/1795200000020-recover-keys.js";
import { WatchKeys1795200000021 } from "../../migrations/1795200000021-watch-keys.js";
import { AddIntegrationTokens1795200000022 } from "../../migrations/1795200000022-add-integration-tokens.js";
import { ImportKeys1795200000023 } from "../../migrations/1795200000023-import-keys.js";
import { NoteLastApi1795200000024 } from "../../migrations/1795200000024-note-last-api.js";
import { IndexKeySearch1795200000025 } from "../../migrations/1795200000025-index-key-search.js";
import { AnnounceChanges1795200000026 } from "../../migrations/1795200000026-announce-changes.js";
import { MeterUse1795200000027 } from "../../migrations/1795200000027-meter-use.js";
import { CreateGatewayKeys1795200000031 } from "../../migrations/1795200000031-create-gateway-keys.js";
import { BatchUsage1795200000032 } from "../../migrations/1795200000032-batch-usage.js";
import { CreateTokens1795200000033 } from "../../migrations/1795200000033-create-tokens.js";
import { CountTokenUses1795200000034 } from "../../migrations/1795200000034-count-token-uses.js";
import { IndexTokens1795200000037 } from "../../migrations/1795200000037-index-tokens.js";
import { ChainAuditEvents1795200000040 } from "../../migrations/1795200000040-chain-audit-events.js";
import { IndexAuditSearch1795200000041 } from "../../migrations/1795200000041-index-audit-search.js";
import { RollUpHoursAndDays1795200000045 } from "../../migrations/1795200000045-roll-up-hours-and-days.js";
import { KeepRecentCalls1795200000046 } from "../../migrations/1795200000046-keep-recent-calls.js";
import { AlertQuotas1795200000047 } from "../../migrations/1795200000047-alert-quotas.js";
import { AnnounceKeys1795200000053 } from "../../migrations/1795200000053-announce-keys.js";
import { CreateAnomalies1795200000055 } from "../../migrations/1795200000055-create-anomalies.js";
import { CreateWebhooks1795200000056 } from "../../migrations/1795200000056-create-webhooks.js";
import { CreateIdempotencyClaims1795200000057 } from "../../migrations/1795200000057-create-idempotency-claims.js";
import { RememberHome1795200000058 } from "../../migrations/1795200000058-remember-home.js";

/** In the order in which they are applied. */
export const migrations = [
  CreateUsers1795200000001,
  CreateCatalogue1795200000002,
  CreateClients1795200000003,
  CreateApiKeys1795200000004,
  CreateAuditEvents1795200000005,
  AddSignInPolicy1795200000006,
  DescribeClients1795200000007,
  CreateScopes1795200000008,
  CreateNotifications1795200000009,
  AddSoapApis1795200000010,
  CreateApiKeySecrets1795200000011,
  IndexCallableApis1795200000015,
  IndexRecords1795200000016,
  ChangeKeys1795200000018,
  CreateScheduledJobs1795200000019,
  RecoverKeys1795200000020,
  WatchKeys1795200000021,
  AddIntegrationTokens1795200000022,
  ImportKeys1795200000023,
  NoteLastApi1795200000024,
  IndexKeySearch1795200000025,
  AnnounceChanges1795200000026,
  MeterUse1795200000027,
  CreateGatewayKeys1795200000031,
  BatchUsage1795200000032,
  CreateTokens1795200000033,
  CountTokenUses1795200000034,
  IndexTokens1795200000037,
  ChainAuditEvents1795200000040,
  IndexAuditSearch1795200000041,
  RollUpHoursAndDays1795200000045,
  KeepRecentCalls1795200000046,
  AlertQuotas1795200000047,
  AnnounceKeys1795200000053,
  CreateAnomalies1795200000055,
  CreateWebhooks1795200000056,
  CreateIdempotencyClaims1795200000057,
  RememberHome1795200000058,
];
