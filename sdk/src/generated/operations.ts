// Made from the schema and schema/operations by `npm run generate`. Not for editing.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
import type { Document } from "../document.js";
const AccessRequest = "fragment AccessRequest on AccessRequest{id client{id clientId displayName}group{id name securityLevel}reason status decidedAt decidedBy decisionReason createdAt}";

const Anomaly = "fragment Anomaly on Anomaly{id kind detectedAt windowStartsAt windowEndsAt seen expected calls addresses lastUsedAt acknowledgedAt acknowledgedBy note client{id clientId displayName}apiKey{id name lookupId}}";

const AuditEvent = "fragment AuditEvent on AuditEvent{id number hash previousHash at event actorKind actorId actorName actorRole apiKeyId address requestId transactionRef targetKind targetId reason before after}";

const Region = "fragment Region on Region{id code name createdAt updatedAt}";

const Collection = "fragment Collection on Collection{id regionId name serverName baseUrl createdAt updatedAt}";

const Api = "fragment Api on Api{id collectionId kind name description method path endpoint soapAction operation port wsdlLocation status audience openToAll createdAt updatedAt}";

const CatalogueImport = "fragment CatalogueImport on CatalogueImport{dryRun title addedCount added{id kind name method path endpoint soapAction operation}changedCount changed{id name fields{field before after}}goneCount gone{...Api}unchangedCount stillDelistedCount stillDelisted{...Api}skippedCount skipped{name reason}warnings}";

const Client = "fragment Client on Client{id clientId name displayName note status signInPolicy{...SignInPolicy}securityLevel timeZone applicationNumber hostBindings{name match}startsAt expiresAt serviceTime{timeZone windows{days opens closes}}quota{limit period}tpsPerNode priority audience emails remark region{id code name}tags metadata system createdAt createdBy updatedAt}";

const ClientWithGroups = "fragment ClientWithGroups on Client{...Client groups{id name securityLevel}scopes{id name}tokenSettings{...TokenSettings}}";

const GatewayKey = "fragment GatewayKey on GatewayKey{id name description lookupId status expiresAt createdAt createdBy lastAccessedAt lastAccessedFrom revokedAt revokedBy revocationReason}";

const AuthorityGroup = "fragment AuthorityGroup on AuthorityGroup{id name description securityLevel createdAt updatedAt}";

const ApiKey = "fragment ApiKey on ApiKey{id kind name description lookupId secrets{lookupId createdAt retiresAt lastAccessedAt lastAccessedFrom}status owner{id kind name}groups{id name}permissions recoverable quota{limit period}tags metadata effectiveAt expiresAt rotationEndsAt createdAt createdBy lastAccessedAt lastAccessedFrom lastAccessedApi{id name}revokedAt revokedBy revocationReason}";

const Refused = "fragment Refused on Refused{code message fields{path message}}";

const Notification = "fragment Notification on Notification{id kind recipients subject body status attempts lastError createdAt sentAt}";

const PageInfo = "fragment PageInfo on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}";

const EffectivePermission = "fragment EffectivePermission on EffectivePermission{api{...Api}grantedBy{...Grant}}";

const Grant = "fragment Grant on Grant{kind id name groupName}";

const ApiCaller = "fragment ApiCaller on ApiCaller{client{id clientId displayName}status grantedBy{...Grant}apiKeyCount apiKeys(first:20){id name lookupId status expiresAt}}";

const AccessRecord = "fragment AccessRecord on AccessRecord{id userName clientId maskedKey status lastAccessedAt apiKey{...ApiKey}}";

const PermissionsOfRecord = "fragment PermissionsOfRecord on EffectivePermissionConnection{totalCount pageInfo{...PageInfo}edges{node{...EffectivePermission}}}";

const TokensOfRecord = "fragment TokensOfRecord on TokenConnection{totalCount pageInfo{...PageInfo}edges{node{...Token}}}";

const Scope = "fragment Scope on Scope{id name description groups{id name securityLevel}createdAt updatedAt}";

const Session = "fragment Session on Session{id userId clientId address current createdAt expiresAt endedAt lastAccessedAt lastAccessedFrom}";

const TokenSettings = "fragment TokenSettings on TokenSettings{grantTypes accessTokenValidity{amount unit}accessTokenUses refreshTokenValidity{amount unit}refreshTokenUses redirectUrls}";

const Token = "fragment Token on Token{id familyId kind lookupId maskedToken status grantType clientId userName scopes ownGroups usesMax usesLeft saved createdAt expiresAt lastAccessedAt lastAccessedFrom lastAccessedApi{id name}revokedAt revokedBy revocationReason}";

const UsageOfCode = "fragment UsageOfCode on UsageOfCode{code calls}";

const UsageShare = "fragment UsageShare on UsageShare{dimension id name calls allowed refused}";

const RecentCall = "fragment RecentCall on RecentCall{id at requestId transactionRef code method path soapAction address nodeId client{id clientId displayName}apiKey{id name lookupId}api{id name kind}}";

const QuotaUsage = "fragment QuotaUsage on QuotaUsage{limit period used remaining resetsAt exhaustedAt}";

const Actor = "fragment Actor on SignedInActor{id kind name role permissions passwordChangeRequired}";

const SignInPolicy = "fragment SignInPolicy on SignInPolicy{threshold lock failedSignIns locked lockedUntil}";

const User = "fragment User on User{id userName email role timeZone signInPolicy{...SignInPolicy}createdAt updatedAt}";

const Verdict = "fragment Verdict on Verdict{valid code message requestId retryAfterSeconds credential{id kind name lookupId expiresAt}client{id clientId displayName priority}user{id userName}groups scopes api{id name kind}rateLimit{limit remaining resetSeconds}quota{limit remaining resetsAt}metadata}";

const Webhook = "fragment Webhook on Webhook{id url description events enabled previousEndsAt createdAt createdBy updatedAt}";

const WebhookDelivery = "fragment WebhookDelivery on WebhookDelivery{id webhookId event body status attempts lastAttemptAt answerStatus lastError nextAttemptAt createdAt deliveredAt}";

/** @internal */
export const AccessRequestsDocument = ("query AccessRequests($first:Int$after:String$last:Int$before:String$search:String$filter:AccessRequestFilter){accessRequests(first:$first after:$after last:$last before:$before search:$search filter:$filter){totalCount pageInfo{...PageInfo}edges{node{...AccessRequest}}}}" + PageInfo + AccessRequest) as Document<AccessRequestsQuery, AccessRequestsQueryVariables>;

/** @internal */
export const RequestAccessDocument = ("mutation RequestAccess($input:RequestAccessInput!){requestAccess(input:$input){...AccessRequest}}" + AccessRequest) as Document<RequestAccessMutation, RequestAccessMutationVariables>;

/** @internal */
export const DecideAccessRequestDocument = ("mutation DecideAccessRequest($input:DecideAccessRequestInput!){decideAccessRequest(input:$input){...AccessRequest}}" + AccessRequest) as Document<DecideAccessRequestMutation, DecideAccessRequestMutationVariables>;

/** @internal */
export const ChangePasswordDocument = ("mutation ChangePassword($input:ChangePasswordInput!){changePassword(input:$input){...Actor}}" + Actor) as Document<ChangePasswordMutation, ChangePasswordMutationVariables>;

/** @internal */
export const SetOneTimePasswordDocument = ("mutation SetOneTimePassword($input:OneTimePasswordInput!){setOneTimePassword(input:$input){password user{...User}client{...ClientWithGroups}}}" + User + SignInPolicy + ClientWithGroups + Client + TokenSettings) as Document<SetOneTimePasswordMutation, SetOneTimePasswordMutationVariables>;

/** @internal */
export const SetSignInPolicyDocument = ("mutation SetSignInPolicy($input:SetSignInPolicyInput!){setSignInPolicy(input:$input){user{...User}client{...ClientWithGroups}}}" + User + SignInPolicy + ClientWithGroups + Client + TokenSettings) as Document<SetSignInPolicyMutation, SetSignInPolicyMutationVariables>;

/** @internal */
export const AnomaliesDocument = ("query Anomalies($first:Int$after:String$last:Int$before:String$search:String$filter:AnomalyFilter$orderBy:AnomalyOrder){anomalies(first:$first after:$after last:$last before:$before search:$search filter:$filter orderBy:$orderBy){totalCount pageInfo{...PageInfo}edges{node{...Anomaly}}}}" + PageInfo + Anomaly) as Document<AnomaliesQuery, AnomaliesQueryVariables>;

/** @internal */
export const AcknowledgeAnomalyDocument = ("mutation AcknowledgeAnomaly($input:AcknowledgeAnomalyInput!){acknowledgeAnomaly(input:$input){...Anomaly}}" + Anomaly) as Document<AcknowledgeAnomalyMutation, AcknowledgeAnomalyMutationVariables>;

/** @internal */
export const AuditEventsDocument = ("query AuditEvents($first:Int$after:String$last:Int$before:String$search:String$filter:AuditEventFilter){auditEvents(first:$first after:$after last:$last before:$before search:$search filter:$filter){totalCount pageInfo{...PageInfo}edges{node{...AuditEvent}}}}" + PageInfo + AuditEvent) as Document<AuditEventsQuery, AuditEventsQueryVariables>;

/** @internal */
export const AuditChainDocument = ("query AuditChain($after:AuditChainPointInput$known:[AuditChainPointInput!]$events:Int){auditChain(after:$after known:$known events:$events){valid firstBreak{problem number eventId message}verified verifiedTo{number hash}complete checkpoint{number hash at keyVersion signature}waiting}}") as Document<AuditChainQuery, AuditChainQueryVariables>;

/** @internal */
export const RegionDocument = ("query Region($id:ID!){region(id:$id){...Region}}" + Region) as Document<RegionQuery, RegionQueryVariables>;

/** @internal */
export const RegionsDocument = ("query Regions($first:Int$after:String$last:Int$before:String$search:String){regions(first:$first after:$after last:$last before:$before search:$search){totalCount pageInfo{...PageInfo}edges{node{...Region}}}}" + PageInfo + Region) as Document<RegionsQuery, RegionsQueryVariables>;

/** @internal */
export const CollectionDocument = ("query Collection($id:ID!){collection(id:$id){...Collection}}" + Collection) as Document<CollectionQuery, CollectionQueryVariables>;

/** @internal */
export const CollectionsDocument = ("query Collections($first:Int$after:String$last:Int$before:String$search:String$regionId:ID){collections(first:$first after:$after last:$last before:$before search:$search regionId:$regionId){totalCount pageInfo{...PageInfo}edges{node{...Collection}}}}" + PageInfo + Collection) as Document<CollectionsQuery, CollectionsQueryVariables>;

/** @internal */
export const ApiDocument = ("query Api($id:ID!){api(id:$id){...Api}}" + Api) as Document<ApiQuery, ApiQueryVariables>;

/** @internal */
export const ApisDocument = ("query Apis($first:Int$after:String$last:Int$before:String$search:String$kind:ApiKind$regionId:ID$collectionId:ID$filter:ApiFilter){apis(first:$first after:$after last:$last before:$before search:$search kind:$kind regionId:$regionId collectionId:$collectionId filter:$filter){totalCount pageInfo{...PageInfo}edges{node{...Api}}}}" + PageInfo + Api) as Document<ApisQuery, ApisQueryVariables>;

/** @internal */
export const CreateRegionDocument = ("mutation CreateRegion($input:CreateRegionInput!){createRegion(input:$input){...Region}}" + Region) as Document<CreateRegionMutation, CreateRegionMutationVariables>;

/** @internal */
export const UpdateRegionDocument = ("mutation UpdateRegion($input:UpdateRegionInput!){updateRegion(input:$input){...Region}}" + Region) as Document<UpdateRegionMutation, UpdateRegionMutationVariables>;

/** @internal */
export const DeleteRegionDocument = ("mutation DeleteRegion($input:DeleteRegionInput!){deleteRegion(input:$input){...Region}}" + Region) as Document<DeleteRegionMutation, DeleteRegionMutationVariables>;

/** @internal */
export const CreateCollectionDocument = ("mutation CreateCollection($input:CreateCollectionInput!){createCollection(input:$input){...Collection}}" + Collection) as Document<CreateCollectionMutation, CreateCollectionMutationVariables>;

/** @internal */
export const UpdateCollectionDocument = ("mutation UpdateCollection($input:UpdateCollectionInput!){updateCollection(input:$input){...Collection}}" + Collection) as Document<UpdateCollectionMutation, UpdateCollectionMutationVariables>;

/** @internal */
export const DeleteCollectionDocument = ("mutation DeleteCollection($input:DeleteCollectionInput!){deleteCollection(input:$input){...Collection}}" + Collection) as Document<DeleteCollectionMutation, DeleteCollectionMutationVariables>;

/** @internal */
export const CreateApiDocument = ("mutation CreateApi($input:CreateApiInput!){createApi(input:$input){...Api}}" + Api) as Document<CreateApiMutation, CreateApiMutationVariables>;

/** @internal */
export const UpdateApiDocument = ("mutation UpdateApi($input:UpdateApiInput!){updateApi(input:$input){...Api}}" + Api) as Document<UpdateApiMutation, UpdateApiMutationVariables>;

/** @internal */
export const DeleteApiDocument = ("mutation DeleteApi($input:DeleteApiInput!){deleteApi(input:$input){...Api}}" + Api) as Document<DeleteApiMutation, DeleteApiMutationVariables>;

/** @internal */
export const ImportOpenApiDocument = ("mutation ImportOpenApi($input:ImportOpenApiInput!){importOpenApi(input:$input){...CatalogueImport}}" + CatalogueImport + Api) as Document<ImportOpenApiMutation, ImportOpenApiMutationVariables>;

/** @internal */
export const ImportWsdlDocument = ("mutation ImportWsdl($input:ImportWsdlInput!){importWsdl(input:$input){...CatalogueImport}}" + CatalogueImport + Api) as Document<ImportWsdlMutation, ImportWsdlMutationVariables>;

/** @internal */
export const ClientDocument = ("query Client($id:ID$clientId:String){client(id:$id clientId:$clientId){...ClientWithGroups}}" + ClientWithGroups + Client + SignInPolicy + TokenSettings) as Document<ClientQuery, ClientQueryVariables>;

/** @internal */
export const ClientsDocument = ("query Clients($first:Int$after:String$last:Int$before:String$search:String$filter:ClientFilter$orderBy:ClientOrder){clients(first:$first after:$after last:$last before:$before search:$search filter:$filter orderBy:$orderBy){totalCount pageInfo{...PageInfo}edges{node{...ClientWithGroups}}}}" + PageInfo + ClientWithGroups + Client + SignInPolicy + TokenSettings) as Document<ClientsQuery, ClientsQueryVariables>;

/** @internal */
export const CreateClientDocument = ("mutation CreateClient($input:CreateClientInput!){createClient(input:$input){...ClientWithGroups}}" + ClientWithGroups + Client + SignInPolicy + TokenSettings) as Document<CreateClientMutation, CreateClientMutationVariables>;

/** @internal */
export const UpdateClientDocument = ("mutation UpdateClient($input:UpdateClientInput!){updateClient(input:$input){...ClientWithGroups}}" + ClientWithGroups + Client + SignInPolicy + TokenSettings) as Document<UpdateClientMutation, UpdateClientMutationVariables>;

/** @internal */
export const SetClientStatusDocument = ("mutation SetClientStatus($input:SetClientStatusInput!){setClientStatus(input:$input){...ClientWithGroups}}" + ClientWithGroups + Client + SignInPolicy + TokenSettings) as Document<SetClientStatusMutation, SetClientStatusMutationVariables>;

/** @internal */
export const AddClientGroupsDocument = ("mutation AddClientGroups($input:ClientGroupsInput!){addClientGroups(input:$input){...ClientWithGroups}}" + ClientWithGroups + Client + SignInPolicy + TokenSettings) as Document<AddClientGroupsMutation, AddClientGroupsMutationVariables>;

/** @internal */
export const RemoveClientGroupsDocument = ("mutation RemoveClientGroups($input:ClientGroupsInput!){removeClientGroups(input:$input){...ClientWithGroups}}" + ClientWithGroups + Client + SignInPolicy + TokenSettings) as Document<RemoveClientGroupsMutation, RemoveClientGroupsMutationVariables>;

/** @internal */
export const DeleteClientDocument = ("mutation DeleteClient($input:DeleteClientInput!){deleteClient(input:$input){...Client}}" + Client + SignInPolicy) as Document<DeleteClientMutation, DeleteClientMutationVariables>;

/** @internal */
export const AssignableGroupsDocument = ("query AssignableGroups($clientId:String!$first:Int$after:String$last:Int$before:String$search:String){assignableGroups(clientId:$clientId first:$first after:$after last:$last before:$before search:$search){totalCount pageInfo{...PageInfo}edges{node{...AuthorityGroup}}}}" + PageInfo + AuthorityGroup) as Document<AssignableGroupsQuery, AssignableGroupsQueryVariables>;

/** @internal */
export const SetClientSecurityLevelDocument = ("mutation SetClientSecurityLevel($input:SetClientSecurityLevelInput!){setClientSecurityLevel(input:$input){...ClientWithGroups}}" + ClientWithGroups + Client + SignInPolicy + TokenSettings) as Document<SetClientSecurityLevelMutation, SetClientSecurityLevelMutationVariables>;

/** @internal */
export const AddClientScopesDocument = ("mutation AddClientScopes($input:ClientScopesInput!){addClientScopes(input:$input){...ClientWithGroups}}" + ClientWithGroups + Client + SignInPolicy + TokenSettings) as Document<AddClientScopesMutation, AddClientScopesMutationVariables>;

/** @internal */
export const RemoveClientScopesDocument = ("mutation RemoveClientScopes($input:ClientScopesInput!){removeClientScopes(input:$input){...ClientWithGroups}}" + ClientWithGroups + Client + SignInPolicy + TokenSettings) as Document<RemoveClientScopesMutation, RemoveClientScopesMutationVariables>;

/** @internal */
export const GatewayKeyDocument = ("query GatewayKey($id:ID!){gatewayKey(id:$id){...GatewayKey}}" + GatewayKey) as Document<GatewayKeyQuery, GatewayKeyQueryVariables>;

/** @internal */
export const GatewayKeysDocument = ("query GatewayKeys($first:Int$after:String$last:Int$before:String$search:String$filter:GatewayKeyFilter$orderBy:GatewayKeyOrder){gatewayKeys(first:$first after:$after last:$last before:$before search:$search filter:$filter orderBy:$orderBy){totalCount pageInfo{...PageInfo}edges{node{...GatewayKey}}}}" + PageInfo + GatewayKey) as Document<GatewayKeysQuery, GatewayKeysQueryVariables>;

/** @internal */
export const CreateGatewayKeyDocument = ("mutation CreateGatewayKey($input:CreateGatewayKeyInput!){createGatewayKey(input:$input){gatewayKey{...GatewayKey}secret}}" + GatewayKey) as Document<CreateGatewayKeyMutation, CreateGatewayKeyMutationVariables>;

/** @internal */
export const RevokeGatewayKeyDocument = ("mutation RevokeGatewayKey($input:RevokeGatewayKeyInput!){revokeGatewayKey(input:$input){...GatewayKey}}" + GatewayKey) as Document<RevokeGatewayKeyMutation, RevokeGatewayKeyMutationVariables>;

/** @internal */
export const GatewayRecipesDocument = ("query GatewayRecipes($input:GatewayRecipesInput!){gatewayRecipes(input:$input){gateway files{name content}note}}") as Document<GatewayRecipesQuery, GatewayRecipesQueryVariables>;

/** @internal */
export const AuthorityGroupDocument = ("query AuthorityGroup($id:ID!){authorityGroup(id:$id){...AuthorityGroup apiCount apis{...Api}}}" + AuthorityGroup + Api) as Document<AuthorityGroupQuery, AuthorityGroupQueryVariables>;

/** @internal */
export const AuthorityGroupsDocument = ("query AuthorityGroups($first:Int$after:String$last:Int$before:String$search:String$filter:AuthorityGroupFilter){authorityGroups(first:$first after:$after last:$last before:$before search:$search filter:$filter){totalCount pageInfo{...PageInfo}edges{node{...AuthorityGroup}}}}" + PageInfo + AuthorityGroup) as Document<AuthorityGroupsQuery, AuthorityGroupsQueryVariables>;

/** @internal */
export const CreateAuthorityGroupDocument = ("mutation CreateAuthorityGroup($input:CreateAuthorityGroupInput!){createAuthorityGroup(input:$input){...AuthorityGroup}}" + AuthorityGroup) as Document<CreateAuthorityGroupMutation, CreateAuthorityGroupMutationVariables>;

/** @internal */
export const UpdateAuthorityGroupDocument = ("mutation UpdateAuthorityGroup($input:UpdateAuthorityGroupInput!){updateAuthorityGroup(input:$input){...AuthorityGroup apiCount}}" + AuthorityGroup) as Document<UpdateAuthorityGroupMutation, UpdateAuthorityGroupMutationVariables>;

/** @internal */
export const DeleteAuthorityGroupDocument = ("mutation DeleteAuthorityGroup($input:DeleteAuthorityGroupInput!){deleteAuthorityGroup(input:$input){...AuthorityGroup}}" + AuthorityGroup) as Document<DeleteAuthorityGroupMutation, DeleteAuthorityGroupMutationVariables>;

/** @internal */
export const AddGroupApisDocument = ("mutation AddGroupApis($input:AuthorityGroupApisInput!){addGroupApis(input:$input){...AuthorityGroup apiCount}}" + AuthorityGroup) as Document<AddGroupApisMutation, AddGroupApisMutationVariables>;

/** @internal */
export const RemoveGroupApisDocument = ("mutation RemoveGroupApis($input:AuthorityGroupApisInput!){removeGroupApis(input:$input){...AuthorityGroup apiCount}}" + AuthorityGroup) as Document<RemoveGroupApisMutation, RemoveGroupApisMutationVariables>;

/** @internal */
export const ApiKeyDocument = ("query ApiKey($id:ID!){apiKey(id:$id){...ApiKey}}" + ApiKey) as Document<ApiKeyQuery, ApiKeyQueryVariables>;

/** @internal */
export const ApiKeysDocument = ("query ApiKeys($first:Int$after:String$last:Int$before:String$search:String$filter:ApiKeyFilter$orderBy:ApiKeyOrder){apiKeys(first:$first after:$after last:$last before:$before search:$search filter:$filter orderBy:$orderBy){totalCount pageInfo{...PageInfo}edges{node{...ApiKey}}}}" + PageInfo + ApiKey) as Document<ApiKeysQuery, ApiKeysQueryVariables>;

/** @internal */
export const ApiKeySamplesDocument = ("query ApiKeySamples($id:ID!$apiId:ID){apiKey(id:$id){samples(apiId:$apiId){language title code}}}") as Document<ApiKeySamplesQuery, ApiKeySamplesQueryVariables>;

/** @internal */
export const CreateApiKeyDocument = ("mutation CreateApiKey($input:CreateApiKeyInput!){createApiKey(input:$input){apiKey{...ApiKey}secret}}" + ApiKey) as Document<CreateApiKeyMutation, CreateApiKeyMutationVariables>;

/** @internal */
export const UpdateApiKeyDocument = ("mutation UpdateApiKey($input:UpdateApiKeyInput!){updateApiKey(input:$input){...ApiKey}}" + ApiKey) as Document<UpdateApiKeyMutation, UpdateApiKeyMutationVariables>;

/** @internal */
export const RevokeApiKeyDocument = ("mutation RevokeApiKey($input:RevokeApiKeyInput!){revokeApiKey(input:$input){...ApiKey}}" + ApiKey) as Document<RevokeApiKeyMutation, RevokeApiKeyMutationVariables>;

/** @internal */
export const RotateApiKeyDocument = ("mutation RotateApiKey($input:RotateApiKeyInput!){rotateApiKey(input:$input){apiKey{...ApiKey}secret}}" + ApiKey) as Document<RotateApiKeyMutation, RotateApiKeyMutationVariables>;

/** @internal */
export const FinishRotationDocument = ("mutation FinishRotation($input:ApiKeyReference!){finishRotation(input:$input){...ApiKey}}" + ApiKey) as Document<FinishRotationMutation, FinishRotationMutationVariables>;

/** @internal */
export const RevealApiKeyDocument = ("mutation RevealApiKey($input:RevealApiKeyInput!){revealApiKey(input:$input){apiKey{...ApiKey}secret}}" + ApiKey) as Document<RevealApiKeyMutation, RevealApiKeyMutationVariables>;

/** @internal */
export const DisableApiKeyDocument = ("mutation DisableApiKey($input:ApiKeyReference!){disableApiKey(input:$input){...ApiKey}}" + ApiKey) as Document<DisableApiKeyMutation, DisableApiKeyMutationVariables>;

/** @internal */
export const EnableApiKeyDocument = ("mutation EnableApiKey($input:ApiKeyReference!){enableApiKey(input:$input){...ApiKey}}" + ApiKey) as Document<EnableApiKeyMutation, EnableApiKeyMutationVariables>;

/** @internal */
export const SurrenderSecretDocument = ("mutation SurrenderSecret($input:SurrenderSecretInput!){surrenderSecret(input:$input){kind id lookupId status revokedAt revokedBy revocationReason}}") as Document<SurrenderSecretMutation, SurrenderSecretMutationVariables>;

/** @internal */
export const LookupSecretDocument = ("query LookupSecret($secret:String!){lookupSecret(secret:$secret){kind status apiKey{...ApiKey effectivePermissions(first:20){totalCount pageInfo{...PageInfo}edges{node{...EffectivePermission}}}}token{...Token effectivePermissions(first:20){totalCount pageInfo{...PageInfo}edges{node{...EffectivePermission}}}}client{id clientId displayName status}user{id userName}}}" + ApiKey + PageInfo + EffectivePermission + Api + Grant + Token) as Document<LookupSecretQuery, LookupSecretQueryVariables>;

/** @internal */
export const CreateApiKeysDocument = ("mutation CreateApiKeys($input:CreateApiKeysInput!){createApiKeys(input:$input){createdCount refusedCount results{index apiKey{...ApiKey}secret refused{...Refused}}}}" + ApiKey + Refused) as Document<CreateApiKeysMutation, CreateApiKeysMutationVariables>;

/** @internal */
export const RevokeApiKeysDocument = ("mutation RevokeApiKeys($input:RevokeApiKeysInput!){revokeApiKeys(input:$input){revokedCount}}") as Document<RevokeApiKeysMutation, RevokeApiKeysMutationVariables>;

/** @internal */
export const DraftIntegrationTokenDocument = ("mutation DraftIntegrationToken($input:DraftIntegrationTokenInput!){draftIntegrationToken(input:$input){apiKey{...ApiKey}secret}}" + ApiKey) as Document<DraftIntegrationTokenMutation, DraftIntegrationTokenMutationVariables>;

/** @internal */
export const ConfirmIntegrationTokenDocument = ("mutation ConfirmIntegrationToken($input:ApiKeyReference!){confirmIntegrationToken(input:$input){...ApiKey}}" + ApiKey) as Document<ConfirmIntegrationTokenMutation, ConfirmIntegrationTokenMutationVariables>;

/** @internal */
export const ImportApiKeysDocument = ("mutation ImportApiKeys($input:ImportApiKeysInput!){importApiKeys(input:$input){dryRun importedCount refusedCount results{index apiKey{...ApiKey}refused{...Refused}}}}" + ApiKey + Refused) as Document<ImportApiKeysMutation, ImportApiKeysMutationVariables>;

/** @internal */
export const ApiKeyChangedDocument = ("subscription ApiKeyChanged{apiKeyChanged{...ApiKey}}" + ApiKey) as Document<ApiKeyChangedSubscription, ApiKeyChangedSubscriptionVariables>;

/** @internal */
export const UsageUpdatedDocument = ("subscription UsageUpdated($clientId:ID!){usageUpdated(clientId:$clientId){minute calls allowed refused}}") as Document<UsageUpdatedSubscription, UsageUpdatedSubscriptionVariables>;

/** @internal */
export const NotificationsDocument = ("query Notifications($first:Int$after:String$last:Int$before:String$search:String$filter:NotificationFilter){notifications(first:$first after:$after last:$last before:$before search:$search filter:$filter){totalCount pageInfo{...PageInfo}edges{node{...Notification}}}}" + PageInfo + Notification) as Document<NotificationsQuery, NotificationsQueryVariables>;

/** @internal */
export const EffectivePermissionsDocument = ("query EffectivePermissions($clientId:String$apiKeyId:ID$tokenId:ID$kind:ApiKind$regionId:ID$collectionId:ID$first:Int$after:String$last:Int$before:String$search:String){effectivePermissions(clientId:$clientId apiKeyId:$apiKeyId tokenId:$tokenId kind:$kind regionId:$regionId collectionId:$collectionId first:$first after:$after last:$last before:$before search:$search){totalCount pageInfo{...PageInfo}edges{node{...EffectivePermission}}}}" + PageInfo + EffectivePermission + Api + Grant) as Document<EffectivePermissionsQuery, EffectivePermissionsQueryVariables>;

/** @internal */
export const ApiCallersDocument = ("query ApiCallers($apiId:ID!$first:Int$after:String$last:Int$before:String$search:String){apiCallers(apiId:$apiId first:$first after:$after last:$last before:$before search:$search){totalCount pageInfo{...PageInfo}edges{node{...ApiCaller}}}}" + PageInfo + ApiCaller + Grant) as Document<ApiCallersQuery, ApiCallersQueryVariables>;

/** @internal */
export const RecordsDocument = ("query Records($regionId:ID$collectionId:ID$first:Int$after:String$last:Int$before:String$search:String$orderBy:ApiKeyOrder$permissions:Int=20$tokens:Int=5$withTokens:Boolean!=true){records(regionId:$regionId collectionId:$collectionId first:$first after:$after last:$last before:$before search:$search orderBy:$orderBy){totalCount pageInfo{...PageInfo}edges{node{...AccessRecord restPermissions(first:$permissions){...PermissionsOfRecord}soapPermissions(first:$permissions){...PermissionsOfRecord}tokens(first:$tokens)@include(if:$withTokens){...TokensOfRecord}}}}}" + PageInfo + AccessRecord + ApiKey + PermissionsOfRecord + EffectivePermission + Api + Grant + TokensOfRecord + Token) as Document<RecordsQuery, RecordsQueryVariables>;

/** @internal */
export const ScopeDocument = ("query Scope($id:ID!){scope(id:$id){...Scope}}" + Scope) as Document<ScopeQuery, ScopeQueryVariables>;

/** @internal */
export const ScopesDocument = ("query Scopes($first:Int$after:String$last:Int$before:String$search:String$filter:ScopeFilter){scopes(first:$first after:$after last:$last before:$before search:$search filter:$filter){totalCount pageInfo{...PageInfo}edges{node{...Scope}}}}" + PageInfo + Scope) as Document<ScopesQuery, ScopesQueryVariables>;

/** @internal */
export const CreateScopeDocument = ("mutation CreateScope($input:CreateScopeInput!){createScope(input:$input){...Scope}}" + Scope) as Document<CreateScopeMutation, CreateScopeMutationVariables>;

/** @internal */
export const UpdateScopeDocument = ("mutation UpdateScope($input:UpdateScopeInput!){updateScope(input:$input){...Scope}}" + Scope) as Document<UpdateScopeMutation, UpdateScopeMutationVariables>;

/** @internal */
export const DeleteScopeDocument = ("mutation DeleteScope($input:DeleteScopeInput!){deleteScope(input:$input){id name}}") as Document<DeleteScopeMutation, DeleteScopeMutationVariables>;

/** @internal */
export const SessionsDocument = ("query Sessions($first:Int$after:String$last:Int$before:String$filter:SessionFilter){sessions(first:$first after:$after last:$last before:$before filter:$filter){totalCount pageInfo{...PageInfo}edges{node{...Session}}}}" + PageInfo + Session) as Document<SessionsQuery, SessionsQueryVariables>;

/** @internal */
export const SignInDocument = ("mutation SignIn($input:SignInInput!){signIn(input:$input){token expiresAt actor{...Actor}}}" + Actor) as Document<SignInMutation, SignInMutationVariables>;

/** @internal */
export const SignOutDocument = ("mutation SignOut{signOut}") as Document<SignOutMutation, SignOutMutationVariables>;

/** @internal */
export const EndSessionDocument = ("mutation EndSession($input:EndSessionInput!){endSession(input:$input){...Session}}" + Session) as Document<EndSessionMutation, EndSessionMutationVariables>;

/** @internal */
export const ScheduledJobsDocument = ("query ScheduledJobs{scheduledJobs{name nextRunAt lastRunAt lastError failures}}") as Document<ScheduledJobsQuery, ScheduledJobsQueryVariables>;

/** @internal */
export const KeyRingDocument = ("query KeyRing{keyRing{version current present knownSince keysInForce gatewayKeysInForce tokensInForce sealedSecrets sessions sealedLinks removable}}") as Document<KeyRingQuery, KeyRingQueryVariables>;

/** @internal */
export const TokenDocument = ("query Token($id:ID!){token(id:$id){...Token}}" + Token) as Document<TokenQuery, TokenQueryVariables>;

/** @internal */
export const TokensDocument = ("query Tokens($clientId:String$first:Int$after:String$last:Int$before:String$search:String$filter:TokenFilter$orderBy:TokenOrder){tokens(clientId:$clientId first:$first after:$after last:$last before:$before search:$search filter:$filter orderBy:$orderBy){totalCount pageInfo{...PageInfo}edges{node{...Token}}}}" + PageInfo + Token) as Document<TokensQuery, TokensQueryVariables>;

/** @internal */
export const GenerateTokenDocument = ("mutation GenerateToken($input:GenerateTokenInput!){generateToken(input:$input){token{...Token}secret refreshSecret}}" + Token) as Document<GenerateTokenMutation, GenerateTokenMutationVariables>;

/** @internal */
export const RevealTokenDocument = ("mutation RevealToken($input:RevealTokenInput!){revealToken(input:$input){token{...Token}secret refreshSecret}}" + Token) as Document<RevealTokenMutation, RevealTokenMutationVariables>;

/** @internal */
export const RevokeTokenDocument = ("mutation RevokeToken($input:RevokeTokenInput!){revokeToken(input:$input){...Token}}" + Token) as Document<RevokeTokenMutation, RevokeTokenMutationVariables>;

/** @internal */
export const RevokeTokensDocument = ("mutation RevokeTokens($input:RevokeTokensInput!){revokeTokens(input:$input){revokedCount}}") as Document<RevokeTokensMutation, RevokeTokensMutationVariables>;

/** @internal */
export const UpdateTokenSettingsDocument = ("mutation UpdateTokenSettings($input:UpdateTokenSettingsInput!){updateTokenSettings(input:$input){...TokenSettings}}" + TokenSettings) as Document<UpdateTokenSettingsMutation, UpdateTokenSettingsMutationVariables>;

/** @internal */
export const UsageDocument = ("query Usage($input:UsageInput!$series:Boolean=true$first:Int=10$topClients:Boolean=false$topApiKeys:Boolean=false$topApis:Boolean=false$topCollections:Boolean=false$topRegions:Boolean=false){usage(input:$input){from until step totals{calls allowed refused byCode{...UsageOfCode}}series@include(if:$series){at calls allowed refused byCode{...UsageOfCode}}topClients:top(dimension:CLIENT first:$first)@include(if:$topClients){...UsageShare}topApiKeys:top(dimension:API_KEY first:$first)@include(if:$topApiKeys){...UsageShare}topApis:top(dimension:API first:$first)@include(if:$topApis){...UsageShare}topCollections:top(dimension:COLLECTION first:$first)@include(if:$topCollections){...UsageShare}topRegions:top(dimension:REGION first:$first)@include(if:$topRegions){...UsageShare}}}" + UsageOfCode + UsageShare) as Document<UsageQuery, UsageQueryVariables>;

/** @internal */
export const RecentCallsDocument = ("query RecentCalls($first:Int$after:String$last:Int$before:String$search:String$filter:RecentCallFilter){recentCalls(first:$first after:$after last:$last before:$before search:$search filter:$filter){totalCount pageInfo{...PageInfo}edges{node{...RecentCall}}}}" + PageInfo + RecentCall) as Document<RecentCallsQuery, RecentCallsQueryVariables>;

/** @internal */
export const LimitsDocument = ("query Limits($clientId:String!$first:Int$after:String$last:Int$before:String){limits(clientId:$clientId){id client{id clientId displayName}tpsPerNode quota{...QuotaUsage}apiKeys(first:$first after:$after last:$last before:$before){totalCount pageInfo{...PageInfo}edges{node{id apiKey{id name lookupId}quota{...QuotaUsage}}}}}}" + QuotaUsage + PageInfo) as Document<LimitsQuery, LimitsQueryVariables>;

/** @internal */
export const MeDocument = ("query Me{me{...Actor}}" + Actor) as Document<MeQuery, MeQueryVariables>;

/** @internal */
export const UserDocument = ("query User($id:ID!){user(id:$id){...User}}" + User + SignInPolicy) as Document<UserQuery, UserQueryVariables>;

/** @internal */
export const UsersDocument = ("query Users($first:Int$after:String$last:Int$before:String$search:String$filter:UserFilter){users(first:$first after:$after last:$last before:$before search:$search filter:$filter){totalCount pageInfo{...PageInfo}edges{node{...User}}}}" + PageInfo + User + SignInPolicy) as Document<UsersQuery, UsersQueryVariables>;

/** @internal */
export const CreateUserDocument = ("mutation CreateUser($input:CreateUserInput!){createUser(input:$input){...User}}" + User + SignInPolicy) as Document<CreateUserMutation, CreateUserMutationVariables>;

/** @internal */
export const UpdateUserDocument = ("mutation UpdateUser($input:UpdateUserInput!){updateUser(input:$input){...User}}" + User + SignInPolicy) as Document<UpdateUserMutation, UpdateUserMutationVariables>;

/** @internal */
export const DeleteUserDocument = ("mutation DeleteUser($input:DeleteUserInput!){deleteUser(input:$input){...User}}" + User + SignInPolicy) as Document<DeleteUserMutation, DeleteUserMutationVariables>;

/** @internal */
export const RequestPasswordResetDocument = ("mutation RequestPasswordReset($input:RequestPasswordResetInput!){requestPasswordReset(input:$input)}") as Document<RequestPasswordResetMutation, RequestPasswordResetMutationVariables>;

/** @internal */
export const ResetPasswordDocument = ("mutation ResetPassword($input:ResetPasswordInput!){resetPassword(input:$input)}") as Document<ResetPasswordMutation, ResetPasswordMutationVariables>;

/** @internal */
export const VerifyCredentialDocument = ("mutation VerifyCredential($input:VerifyCredentialInput!){verifyCredential(input:$input){...Verdict}}" + Verdict) as Document<VerifyCredentialMutation, VerifyCredentialMutationVariables>;

/** @internal */
export const ExplainVerificationDocument = ("query ExplainVerification($input:ExplainVerificationInput!){explainVerification(input:$input){verdict{...Verdict}checks{name outcome code message}}}" + Verdict) as Document<ExplainVerificationQuery, ExplainVerificationQueryVariables>;

/** @internal */
export const WebhookDocument = ("query Webhook($id:ID!){webhook(id:$id){...Webhook}}" + Webhook) as Document<WebhookQuery, WebhookQueryVariables>;

/** @internal */
export const WebhooksDocument = ("query Webhooks($first:Int$after:String$last:Int$before:String$search:String$filter:WebhookFilter$orderBy:WebhookOrder){webhooks(first:$first after:$after last:$last before:$before search:$search filter:$filter orderBy:$orderBy){totalCount pageInfo{...PageInfo}edges{node{...Webhook}}}}" + PageInfo + Webhook) as Document<WebhooksQuery, WebhooksQueryVariables>;

/** @internal */
export const WebhookDeliveriesDocument = ("query WebhookDeliveries($first:Int$after:String$last:Int$before:String$filter:WebhookDeliveryFilter){webhookDeliveries(first:$first after:$after last:$last before:$before filter:$filter){totalCount pageInfo{...PageInfo}edges{node{...WebhookDelivery}}}}" + PageInfo + WebhookDelivery) as Document<WebhookDeliveriesQuery, WebhookDeliveriesQueryVariables>;

/** @internal */
export const CreateWebhookDocument = ("mutation CreateWebhook($input:CreateWebhookInput!){createWebhook(input:$input){webhook{...Webhook}secret}}" + Webhook) as Document<CreateWebhookMutation, CreateWebhookMutationVariables>;

/** @internal */
export const UpdateWebhookDocument = ("mutation UpdateWebhook($input:UpdateWebhookInput!){updateWebhook(input:$input){...Webhook}}" + Webhook) as Document<UpdateWebhookMutation, UpdateWebhookMutationVariables>;

/** @internal */
export const DeleteWebhookDocument = ("mutation DeleteWebhook($input:DeleteWebhookInput!){deleteWebhook(input:$input){...Webhook}}" + Webhook) as Document<DeleteWebhookMutation, DeleteWebhookMutationVariables>;

/** @internal */
export const RotateWebhookSecretDocument = ("mutation RotateWebhookSecret($input:RotateWebhookSecretInput!){rotateWebhookSecret(input:$input){webhook{...Webhook}secret}}" + Webhook) as Document<RotateWebhookSecretMutation, RotateWebhookSecretMutationVariables>;

/** @internal */
export const TestWebhookDocument = ("mutation TestWebhook($input:TestWebhookInput!){testWebhook(input:$input){...WebhookDelivery}}" + WebhookDelivery) as Document<TestWebhookMutation, TestWebhookMutationVariables>;

export type AccessDecision =
  | 'APPROVE'
  | 'DENY';

/** All given conditions hold together. */
export type AccessRequestFilter = {
  /** Requests of this client, by `id` or client id. 1 to 50 of A-Z a-z 0-9 _ -. */
  readonly clientId?: string | null | undefined;
  /** Default: all. */
  readonly status?: AccessRequestStatus | null | undefined;
};

export type AccessRequestStatus =
  | 'APPROVED'
  | 'DENIED'
  | 'OPEN';

export type AcknowledgeAnomalyInput = {
  /** The anomaly. */
  readonly id: string;
  /** What it was; it stays with the anomaly. 1 to 500 characters. */
  readonly note?: string | null | undefined;
};

/** All given conditions hold together. */
export type AnomalyFilter = {
  /** Whether somebody has seen to it. Default: all. */
  readonly acknowledged?: boolean | null | undefined;
  /** Of this API key. */
  readonly apiKeyId?: string | null | undefined;
  /** Of this client's keys and tokens, by its id or its client id. */
  readonly clientId?: string | null | undefined;
  /** Found at this instant or later. */
  readonly from?: string | null | undefined;
  readonly kind?: AnomalyKind | null | undefined;
  /** Found before this instant. */
  readonly until?: string | null | undefined;
};

/** What is unusual. Only calls whose secret was right count, be they allowed or refused: nobody else can make a key look unusual. */
export type AnomalyKind =
  /** Many more calls within minutes than ever in as many minutes of the seven days before. */
  | 'BURST'
  /** A call from a network (/24 of IPv4, /48 of IPv6) that none came from before, after a time of learning. What calls from 1,000 networks has no usual ones, and is left alone. */
  | 'FIRST_SEEN_ADDRESS'
  /** Many calls within minutes, and a large share of all, were refused; UNDECIDED does not count. */
  | 'REFUSALS'
  /** A key is used that was not for a long time: since its last call, or since it came into effect. */
  | 'USE_AFTER_SILENCE';

export type AnomalyOrder = {
  readonly direction?: OrderDirection;
  readonly field: AnomalyOrderField;
};

export type AnomalyOrderField =
  | 'DETECTED_AT'
  | 'KIND';

/** All given conditions hold together. */
export type ApiFilter = {
  readonly audience?: Audience | null | undefined;
  /** Those that this authority group grants. */
  readonly groupId?: string | null | undefined;
  readonly method?: HttpMethod | null | undefined;
  readonly openToAll?: boolean | null | undefined;
  readonly status?: ApiStatus | null | undefined;
};

/** All given conditions hold together. */
export type ApiKeyFilter = {
  /** Keys of this client, by `id` or client id. 1 to 50 of A-Z a-z 0-9 _ -. */
  readonly clientId?: string | null | undefined;
  /** Keys in force that expire before this instant. */
  readonly expiringBefore?: string | null | undefined;
  /** Keys that hold this authority group. */
  readonly groupId?: string | null | undefined;
  /** Default: all. */
  readonly kind?: ApiKeyKind | null | undefined;
  /** Default: all. */
  readonly status?: ApiKeyStatus | null | undefined;
  /** Keys with this tag. */
  readonly tag?: string | null | undefined;
  /** Keys not used since this instant. */
  readonly unusedSince?: string | null | undefined;
  /** Keys of this user. */
  readonly userId?: string | null | undefined;
};

export type ApiKeyKind =
  /** Drafted and confirmed by a system administrator for another system. */
  | 'INTEGRATION'
  | 'STANDARD';

export type ApiKeyOrder = {
  readonly direction?: OrderDirection;
  readonly field: ApiKeyOrderField;
};

export type ApiKeyOrderField =
  | 'CREATED_AT'
  | 'EFFECTIVE_AT'
  | 'EXPIRES_AT'
  | 'LAST_ACCESSED_AT'
  | 'NAME';

export type ApiKeyReference = {
  /** The key. */
  readonly id: string;
};

/** Derived from the key's dates at the moment of asking, so it is never out of date. */
export type ApiKeyStatus =
  /** In force. */
  | 'ACTIVE'
  /** Switched off; it can be enabled again. */
  | 'DISABLED'
  /** An integration token that waits for its confirmation. */
  | 'DRAFT'
  /** Its expiry date has passed. */
  | 'EXPIRED'
  /** Ended by somebody, for good. */
  | 'REVOKED'
  /** In force, by two secrets: the one before the last rotation is accepted for a while. */
  | 'ROTATING'
  /** Its effective date is still to come. */
  | 'SCHEDULED';

export type ApiKind =
  /** A method and a path template. */
  | 'REST'
  /** A SOAP action, or an operation by its name. */
  | 'SOAP';

/** A delisted API is unknown to verification: calls of it are refused. */
export type ApiStatus =
  | 'DELISTED'
  | 'LISTED';

/** Whom an API is offered to. */
export type Audience =
  | 'EXTERNAL'
  | 'INTERNAL'
  | 'INTERNAL_AND_EXTERNAL';

/** A point of the audit's chain that somebody has kept. */
export type AuditChainPointInput = {
  /** That event's hash: 64 hexadecimal digits. */
  readonly hash: string;
  /** The number of an event. From 0, the beginning. */
  readonly number: number;
};

/** What is wrong where the audit's chain breaks. */
export type AuditChainProblem =
  /** The chain is in itself, but not the one of the checkpoint. */
  | 'CHECKPOINT_DIFFERS'
  /** The checkpoint was not signed with this key ring. */
  | 'CHECKPOINT_FORGED'
  /** The chain ends before a checkpoint. */
  | 'CUT_OFF'
  /** The event or its hash was changed. */
  | 'EVENT_CHANGED'
  /** The event was removed. */
  | 'EVENT_MISSING'
  /** The event is not in the chain, or the chain leaves out a number. */
  | 'LINK_MISSING'
  /** A number comes twice, or too late. */
  | 'OUT_OF_ORDER'
  /** It names another event before it than the one that stands there. */
  | 'PREVIOUS_DIFFERS';

/** All given conditions hold together. */
export type AuditEventFilter = {
  /** Events of this user or client. */
  readonly actorId?: string | null | undefined;
  /** Events of this kind, such as `apiKey.revoked`. */
  readonly event?: string | null | undefined;
  /** Events from this instant on. */
  readonly from?: string | null | undefined;
  /** Events of the call with this `X-Request-Id`. */
  readonly requestId?: string | null | undefined;
  /** Events about this thing. */
  readonly targetId?: string | null | undefined;
  /** Events of calls with this `X-Transaction-Ref`. */
  readonly transactionRef?: string | null | undefined;
  /** Events before this instant, which must be after `from`. */
  readonly until?: string | null | undefined;
};

export type AuthorityGroupApisInput = {
  /** The APIs. 1 to 1000 ids. */
  readonly apiIds: ReadonlyArray<string>;
  /** The authority group. */
  readonly groupId: string;
};

/** All given conditions hold together. */
export type AuthorityGroupFilter = {
  /** Those that grant this API. */
  readonly apiId?: string | null | undefined;
  readonly securityLevel?: SecurityLevel | null | undefined;
};

/** The call that the credential came with: `method` and `path`, or `soapAction`, or all three. */
export type CalledApiInput = {
  /** Id or `<region code>/<collection name>`; left out, all collections are searched. 1 to 200 characters. */
  readonly collection?: string | null | undefined;
  /** The call's HTTP method, in upper case. Needs `path`. 1 to 16 characters. */
  readonly method?: string | null | undefined;
  /** The call's path; a query after it is ignored. Needs `method`. 1 to 8192 characters. */
  readonly path?: string | null | undefined;
  /** The call's SOAP action, or the operation's name, without quotes. Beside a path it counts in a POST to a SOAP endpoint only. 1 to 1000 characters. */
  readonly soapAction?: string | null | undefined;
};

export type ChangePasswordInput = {
  /** At least 8 characters, 5 different ones, without the account's names. 1 to 128 characters. */
  readonly newPassword: string;
  /** The new password again. 1 to 128 characters. */
  readonly newPasswordConfirmation: string;
  /** The password until now. 1 to 128 characters. */
  readonly oldPassword: string;
};

/** What a check says of a call. */
export type CheckOutcome =
  /** It cannot be told: the credential was not recognised, or no verdict can be reached. */
  | 'NOT_REACHED'
  /** It lets the call pass. */
  | 'PASSED'
  /** It refuses the call, whatever the checks before it say. */
  | 'REFUSED';

/** All given conditions hold together. */
export type ClientFilter = {
  readonly audience?: Audience | null | undefined;
  /** Holders of this authority group. */
  readonly groupId?: string | null | undefined;
  /** Those that belong to this region. */
  readonly regionId?: string | null | undefined;
  readonly securityLevel?: SecurityLevel | null | undefined;
  /** Default: all. */
  readonly status?: ClientStatus | null | undefined;
  /** Those with this tag. */
  readonly tag?: string | null | undefined;
};

export type ClientGroupsInput = {
  /** The client's `id` or its client id. 1 to 50 of A-Z a-z 0-9 _ -. */
  readonly clientId: string;
  /** Authority groups. 1 to 100 ids. */
  readonly groupIds: ReadonlyArray<string>;
};

export type ClientOrder = {
  readonly direction?: OrderDirection;
  readonly field: ClientOrderField;
};

export type ClientOrderField =
  | 'CLIENT_ID'
  | 'CREATED_AT'
  | 'DISPLAY_NAME'
  | 'NAME';

export type ClientScopesInput = {
  /** The client's `id` or its client id. 1 to 50 of A-Z a-z 0-9 _ -. */
  readonly clientId: string;
  /** Scopes. 1 to 100 ids. */
  readonly scopeIds: ReadonlyArray<string>;
};

/** Only an enabled client may sign in, and only its credentials are allowed. */
export type ClientStatus =
  | 'DISABLED'
  | 'ENABLED'
  /** Set by somebody, or by failed sign-ins for as long as they lock the client. */
  | 'LOCKED';

export type CreateApiInput = {
  /** Default INTERNAL_AND_EXTERNAL. */
  readonly audience?: Audience | null | undefined;
  /** The collection that it belongs to. */
  readonly collectionId: string;
  /** For people. 0 to 2000 characters. */
  readonly description?: string | null | undefined;
  /** SOAP: where it is called. Left out: at the base URL of the collection. An absolute http or https URL of 1 to 2000 characters. */
  readonly endpoint?: string | null | undefined;
  /** REST needs `method` and `path`; SOAP needs `soapAction`, `operation` or both. */
  readonly kind: ApiKind;
  /** REST: the method that it is called with. */
  readonly method?: HttpMethod | null | undefined;
  /** What the operation is called. 1 to 100 characters. */
  readonly name: string;
  /** Whether every valid credential may call it, with or without a group. Default false. */
  readonly openToAll?: boolean | null | undefined;
  /** SOAP: the operation's name, for calls that name it instead. 1 to 200 characters. */
  readonly operation?: string | null | undefined;
  /** REST: a path template, such as `/orders/{id}` or `/files/{name}.json`. A parameter stands for one or more characters within one segment. Plain text may be percent-encoded. Upper and lower case differ, and so do `/orders` and `/orders/`. Of templates that match one call, plain text goes before parameters, and more of it before less, from left to right. Unique for its method, whatever its parameters are called. 1 to 500 characters. */
  readonly path?: string | null | undefined;
  /** SOAP: the WSDL port that offers it. 1 to 200 characters. */
  readonly port?: string | null | undefined;
  /** SOAP: the value of the `SOAPAction` header, or of the content type's `action`, without quotes. Unique for its endpoint. Empty counts as left out. 0 to 500 characters. */
  readonly soapAction?: string | null | undefined;
  /** Default LISTED. */
  readonly status?: ApiStatus | null | undefined;
  /** SOAP: where its WSDL is found. It is never fetched. An absolute http or https URL of 1 to 2000 characters. */
  readonly wsdlLocation?: string | null | undefined;
};

export type CreateApiKeyInput = {
  /** The client to own it, by `id` or client id. Not together with `userId`. 1 to 50 of A-Z a-z 0-9 _ -. */
  readonly clientId?: string | null | undefined;
  /** For people. 0 to 2000 characters. */
  readonly description?: string | null | undefined;
  /** From when on it is allowed; a day counts from its first instant. Default now. */
  readonly effectiveAt?: string | null | undefined;
  /** From when on it is refused; a day counts to its last instant. Required for a client's key. */
  readonly expiresAt?: string | null | undefined;
  /** Authority groups out of its client's; at least one for a client's key, none for a user's. 0 to 100 ids. */
  readonly groupIds?: ReadonlyArray<string> | null | undefined;
  /** Passed on with every verdict about this key. Up to 4096 characters of JSON. No secrets: gateways see it. */
  readonly metadata?: Record<string, unknown> | null | undefined;
  /** Unique among the owner's keys in force, in upper and lower case. 1 to 100 characters. */
  readonly name: string;
  /** Its own limit, beside its client's. Default none. */
  readonly quota?: QuotaInput | null | undefined;
  /** Whether its secret is kept, encrypted under the key ring (AES-256-GCM), so that `revealApiKey` can show it again. Default false. It cannot be changed later. */
  readonly recoverable?: boolean | null | undefined;
  /** Narrows a user's key to these management permissions; left out, it may all that its creator may. Known: users:read, users:write, clients:read, clients:write, catalogue:read, catalogue:write, groups:read, groups:write, scopes:read, scopes:write, keys:read, keys:write, keys:reveal, tokens:read, tokens:write, tokens:reveal, integrations:write, verdicts:ask, gateways:read, gateways:write, access:request, access:decide, access:read, notifications:read, usage:read, usage:write, webhooks:read, webhooks:write, audit:read, jobs:read, keyring:read. Up to 31, each of 1 to 50 characters. */
  readonly scopes?: ReadonlyArray<string> | null | undefined;
  /** To find it by. Up to 20, each of 1 to 50 characters. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
  /** The user to own it; left out together with `clientId`: the caller. */
  readonly userId?: string | null | undefined;
};

export type CreateApiKeysInput = {
  /** 1 to 1000, each as for `createApiKey`. Each is judged alone: one that is refused keeps no other back. */
  readonly keys: ReadonlyArray<CreateApiKeyInput>;
};

export type CreateAuthorityGroupInput = {
  /** The APIs that it grants. 1 to 1000 ids. */
  readonly apiIds: ReadonlyArray<string>;
  /** For people. 0 to 2000 characters. */
  readonly description?: string | null | undefined;
  /** Unique. 1 to 100 characters. */
  readonly name: string;
  /** Clients of this level and of higher ones may hold it. Default C. */
  readonly securityLevel?: SecurityLevel | null | undefined;
};

export type CreateClientInput = {
  /** The number under which the client was applied for. 1 to 50 characters. */
  readonly applicationNumber?: string | null | undefined;
  /** Which APIs of the catalogue it is offered. Default INTERNAL_AND_EXTERNAL. */
  readonly audience?: Audience | null | undefined;
  /** The public identifier, unique and never given twice; generated when left out. 1 to 50 of A-Z a-z 0-9 _ -. */
  readonly clientId?: string | null | undefined;
  /** The name for people. Unique. 1 to 100 characters. */
  readonly displayName: string;
  /** Where mails about it go: up to 200 different e-mail addresses. */
  readonly emails?: ReadonlyArray<string> | null | undefined;
  /** From when on its credentials are refused; a day counts to its last instant. Null: never. */
  readonly expiresAt?: string | null | undefined;
  /** The authority groups that it holds from the start. 0 to 100 ids. */
  readonly groupIds?: ReadonlyArray<string> | null | undefined;
  /** From where its credentials are allowed; empty: from anywhere. Up to 100. */
  readonly hostBindings?: ReadonlyArray<HostBindingInput> | null | undefined;
  /** For your own systems. Up to 4096 characters of JSON. */
  readonly metadata?: Record<string, unknown> | null | undefined;
  /** Unique. 1 to 50 of A-Z a-z 0-9 _ -. */
  readonly name: string;
  /** What the client is for. 1 to 2000 characters. */
  readonly note: string;
  /** To sign in with; left out, it cannot sign in. At least 8 characters, 5 different ones, without the client's names. 1 to 128 characters. */
  readonly password?: string | null | undefined;
  /** The password again. Needed with `password`. 1 to 128 characters. */
  readonly passwordConfirmation?: string | null | undefined;
  /** 0 is the highest. Default 5. 0 to 9. */
  readonly priority?: number | null | undefined;
  /** Calls allowed in a period. Null: without limit. */
  readonly quota?: QuotaInput | null | undefined;
  /** The region that it belongs to. */
  readonly regionId?: string | null | undefined;
  /** For people. 1 to 2000 characters. */
  readonly remark?: string | null | undefined;
  /** The highest level of groups that it may hold. Default C. */
  readonly securityLevel?: SecurityLevel | null | undefined;
  /** When its credentials are allowed. Null: always. */
  readonly serviceTime?: ServiceTimeInput | null | undefined;
  /** From when on its credentials are allowed; a day counts from its first instant. Null: from ever. */
  readonly startsAt?: string | null | undefined;
  /** Default ENABLED. */
  readonly status?: ClientStatus | null | undefined;
  /** To find it by. Up to 20, each of 1 to 50 characters. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
  /** IANA time zone, such as `Europe/Berlin`, in which its days are read. Default: that of `serviceTime`, else `UTC`. 1 to 64 characters. */
  readonly timeZone?: string | null | undefined;
  /** Transactions per second on each node; 0: without limit. Default 10. 0 to 1000000. */
  readonly tpsPerNode?: number | null | undefined;
};

export type CreateCollectionInput = {
  /** What its paths follow. An absolute http or https URL of 1 to 2000 characters. */
  readonly baseUrl: string;
  /** Unique in its region. 1 to 100 characters. */
  readonly name: string;
  /** The region that it belongs to. */
  readonly regionId: string;
  /** The server that offers its APIs. 1 to 253 characters. */
  readonly serverName: string;
};

export type CreateGatewayKeyInput = {
  /** For people. 0 to 2000 characters. */
  readonly description?: string | null | undefined;
  /** From when on it is refused; a day counts to its last instant, in the caller's time zone. Default never. */
  readonly expiresAt?: string | null | undefined;
  /** Unique among the gateway keys in force, in upper and lower case. 1 to 100 characters. */
  readonly name: string;
};

export type CreateRegionInput = {
  /** Unique. 1 to 50 of A-Z a-z 0-9 _ -. */
  readonly code: string;
  /** Unique. 1 to 100 characters. */
  readonly name: string;
};

export type CreateScopeInput = {
  /** For people. 0 to 2000 characters. */
  readonly description?: string | null | undefined;
  /** The authority groups that it stands for. 1 to 100 ids. */
  readonly groupIds: ReadonlyArray<string>;
  /** Unique. 1 to 100 visible ASCII characters without " and \. */
  readonly name: string;
};

export type CreateUserInput = {
  /** Where mails about the account go. Up to 254 characters. */
  readonly email?: string | null | undefined;
  /** At least 8 characters, 5 different ones, without the user name. 1 to 128 characters. */
  readonly password: string;
  /** What the user may do. */
  readonly role: Role;
  /** IANA time zone, such as `Europe/Berlin`; default `UTC`. 1 to 64 characters. */
  readonly timeZone?: string | null | undefined;
  /** The name to sign in with, unique in upper and lower case. 1 to 50 characters. */
  readonly userName: string;
};

export type CreateWebhookInput = {
  /** For people. 0 to 500 characters. */
  readonly description?: string | null | undefined;
  /** What it is told of: at least one. */
  readonly events: ReadonlyArray<WebhookEvent>;
  /** An https URL without user name and fragment, of a public address; http and private addresses only where `WEBHOOK_PRIVATE_NETWORKS` allows them. 1 to 2000 characters. */
  readonly url: string;
};

export type DecideAccessRequestInput = {
  /** Approving gives the group at once. */
  readonly decision: AccessDecision;
  /** The request. */
  readonly id: string;
  /** Why, for the client. 1 to 2000 characters. */
  readonly reason: string;
};

export type DeleteApiInput = {
  /** Takes it out of the groups that grant it. Without true, a thing that is in use stays, and the answer says what uses it. */
  readonly confirm?: boolean | null | undefined;
  /** The API. */
  readonly id: string;
};

export type DeleteAuthorityGroupInput = {
  /** Takes it from the clients and keys that hold it, and drops open requests for it. Without true, a thing that is in use stays, and the answer says what uses it. */
  readonly confirm?: boolean | null | undefined;
  /** The authority group. */
  readonly id: string;
};

export type DeleteClientInput = {
  /** Must be true. Without it the answer says what would go with the client. */
  readonly confirm?: boolean | null | undefined;
  /** The client's `id` or its client id. 1 to 50 of A-Z a-z 0-9 _ -. */
  readonly id: string;
};

export type DeleteCollectionInput = {
  /** Takes its APIs with it, out of their groups too. Without true, a thing that is in use stays, and the answer says what uses it. */
  readonly confirm?: boolean | null | undefined;
  /** The collection. */
  readonly id: string;
};

export type DeleteRegionInput = {
  /** Takes its collections and their APIs with it; clients of the region are left without one. Without true, a thing that is in use stays, and the answer says what uses it. */
  readonly confirm?: boolean | null | undefined;
  /** The region. */
  readonly id: string;
};

export type DeleteScopeInput = {
  /** Must be true. Without it the answer says how many clients would lose the scope. */
  readonly confirm?: boolean | null | undefined;
  /** The scope. */
  readonly id: string;
};

export type DeleteUserInput = {
  /** Must be true. Without it the answer says what would go with the user. */
  readonly confirm?: boolean | null | undefined;
  /** The user. */
  readonly id: string;
};

export type DeleteWebhookInput = {
  /** The webhook. */
  readonly id: string;
};

export type DraftIntegrationTokenInput = {
  /** For people. 0 to 2000 characters. */
  readonly description?: string | null | undefined;
  /** From when on it is refused; a day counts to its last instant. Default never, unless a policy limits it. */
  readonly expiresAt?: string | null | undefined;
  /** What it is for. Unique among the caller's keys in force. 1 to 100 characters. */
  readonly label: string;
  /** The management permissions that it has. Default all that read: users:read, clients:read, catalogue:read, groups:read, scopes:read, keys:read, tokens:read, gateways:read, access:read, notifications:read, usage:read, webhooks:read, audit:read, jobs:read, keyring:read. Up to 31, each of 1 to 50 characters. */
  readonly scopes?: ReadonlyArray<string> | null | undefined;
};

export type EndSessionInput = {
  /** The session. */
  readonly id: string;
};

export type ExplainVerificationInput = {
  /** The caller's IP address, kept with the credential's last access. A client with host bindings is refused without it. 1 to 45 characters. */
  readonly address?: string | null | undefined;
  /** Left out together with `groups` and `scopes`, only the credential and its owner are judged. */
  readonly api?: CalledApiInput | null | undefined;
  /** The key's id: judged by its current secret. Instead of `credential`. */
  readonly apiKeyId?: string | null | undefined;
  /** The time for which it is asked, such as the day on which a key expires. Now, if left out. */
  readonly at?: string | null | undefined;
  /** What the call takes from quotas; 1 if left out. Of the calls in a second it is one. 1 to 1000000. */
  readonly cost?: number | null | undefined;
  /** The full text of the credential. Instead of `apiKeyId`. 0 to 1000 characters. */
  readonly credential?: string | null | undefined;
  /** Groups that must all be held, by name or id. Up to 100, each of 1 to 100 characters. */
  readonly groups?: ReadonlyArray<string> | null | undefined;
  /** Scopes that must all be held. Up to 100, each of 1 to 100 characters. */
  readonly scopes?: ReadonlyArray<string> | null | undefined;
};

/** All given conditions hold together. */
export type GatewayKeyFilter = {
  /** Default: all. */
  readonly status?: GatewayKeyStatus | null | undefined;
};

export type GatewayKeyOrder = {
  readonly direction?: OrderDirection;
  readonly field: GatewayKeyOrderField;
};

export type GatewayKeyOrderField =
  | 'CREATED_AT'
  | 'EXPIRES_AT'
  /** One that was never used stands where it was created. */
  | 'LAST_ACCESSED_AT'
  | 'NAME';

/** Derived from the key's dates at the moment of asking, so it is never out of date. */
export type GatewayKeyStatus =
  /** In force. */
  | 'ACTIVE'
  /** Its expiry date has passed. */
  | 'EXPIRED'
  /** Ended by somebody, for good. */
  | 'REVOKED';

/** Gateways that there is a recipe for. */
export type GatewayKind =
  /** Caddy 2.6 and newer, by `forward_auth`. */
  | 'CADDY'
  /** Envoy 1.25 and newer, by `ext_authz`. */
  | 'ENVOY'
  /** HAProxy 2.6 and newer, by Lua. */
  | 'HAPROXY'
  /** nginx 1.22 and newer, by `auth_request`. */
  | 'NGINX'
  /** Traefik 2 and 3, by `forwardAuth`. */
  | 'TRAEFIK';

export type GatewayRecipesInput = {
  /** The collection of the APIs that the gateway protects. */
  readonly collectionId: string;
  /** Whether the gateway asks from outside `VERIFY_NETWORKS` and so must show a gateway key: `GATEWAY_KEY` stands where to put its secret. Default false. */
  readonly hasGatewayKey?: boolean | null | undefined;
  /** Where the gateway reaches Latchkey, such as `http://latchkey.internal:4000`: no path, and no TLS, which Latchkey does not speak. Default: `PUBLIC_URL` if it is such an address, else where this node listens. 1 to 300 characters. */
  readonly latchkey?: string | null | undefined;
  /** Where the gateway passes allowed calls on to, such as `http://127.0.0.1:9000`: no path, and no TLS. 1 to 300 characters. */
  readonly upstream: string;
};

export type GenerateTokenInput = {
  /** The client's `id` or its client id. 1 to 50 of A-Z a-z 0-9 _ -. */
  readonly clientId: string;
  /** The client's password. Send it as a variable; it is neither logged nor kept. 1 to 128 characters. */
  readonly clientSecret: string;
  /** Whether the token is kept, encrypted under the key ring (AES-256-GCM), so that `revealToken` can show it again. Default false. It cannot be changed later. */
  readonly save?: boolean | null | undefined;
  /** Names of the client's scopes that the token is for. Left out or empty: all of them, with the client's own groups besides. Up to 100, each of 1 to 100 characters. */
  readonly scopes?: ReadonlyArray<string> | null | undefined;
};

/** What becomes of listed APIs of the collection that the document does not have. Where a part of it could not be read, nothing counts as gone. */
export type GoneApis =
  /** They are delisted: calls of them are refused. They stay in their groups. */
  | 'DELIST'
  /** They stay as they are. */
  | 'KEEP';

/** What lets a client, a key or a token call an API. */
export type GrantKind =
  /** An authority group that is held. */
  | 'GROUP'
  /** The API is open to every valid credential. */
  | 'OPEN_TO_ALL'
  /** A scope that is held. A key that holds one holds its groups too; a client's scope grants to tokens with it, whether or not the client holds the group. */
  | 'SCOPE';

/** How a client comes by its tokens (RFC 6749). */
export type GrantType =
  /** A user signs in and consents (RFC 6749 section 4.1), with PKCE (RFC 7636). */
  | 'AUTHORIZATION_CODE'
  /** With its client id and password (RFC 6749 section 4.4). */
  | 'CLIENT_CREDENTIALS'
  /** A token in the fragment of a redirect (RFC 6749 section 4.2). Legacy: only while `ALLOW_LEGACY_GRANTS` is on; a client that has it keeps it, and cannot use it meanwhile. */
  | 'IMPLICIT'
  /** With a user's name and password (RFC 6749 section 4.3). Legacy: only while `ALLOW_LEGACY_GRANTS` is on; a client that has it keeps it, and cannot use it meanwhile. */
  | 'PASSWORD'
  /** Its grants come with refresh tokens, which it may exchange (RFC 6749 section 6). */
  | 'REFRESH_TOKEN';

/** How the SHA-256 of a key's full text is written. */
export type HashFormat =
  /** Base64 or base64url, with or without padding. */
  | 'SHA256_BASE64'
  /** 64 hexadecimal digits. */
  | 'SHA256_HEX';

/** An address, or more, from which a client's credentials are allowed. */
export type HostBindingInput = {
  /** An IPv4 or IPv6 address, a network such as `10.0.0.0/8` or `2001:db8::/32`, or a host name. IPv4 mapped into IPv6 counts as the IPv4. A host name stands for what it resolves to, looked up every half minute; one that does not resolve stands for nothing. 1 to 253 characters. */
  readonly match: string;
  /** For people; unique within the client, in upper and lower case. 1 to 100 characters. */
  readonly name: string;
};

export type HttpMethod =
  | 'DELETE'
  | 'GET'
  | 'HEAD'
  | 'OPTIONS'
  | 'PATCH'
  | 'POST'
  | 'PUT'
  | 'TRACE';

/** A key of another system, by its hash; the rest as for a new key. */
export type ImportApiKeyInput = {
  /** The client to own it, by `id` or client id. Not together with `userId`. 1 to 50 of A-Z a-z 0-9 _ -. */
  readonly clientId?: string | null | undefined;
  /** For people. 0 to 2000 characters. */
  readonly description?: string | null | undefined;
  /** From when on it is allowed; a day counts from its first instant. Default now. */
  readonly effectiveAt?: string | null | undefined;
  /** From when on it is refused; a day counts to its last instant. Required for a client's key. */
  readonly expiresAt?: string | null | undefined;
  /** Authority groups out of its client's; at least one for a client's key, none for a user's. 0 to 100 ids. */
  readonly groupIds?: ReadonlyArray<string> | null | undefined;
  /** The SHA-256 of the key's text. A key is imported once. 1 to 64 characters. */
  readonly hash: string;
  /** Default SHA256_HEX. */
  readonly hashFormat?: HashFormat | null | undefined;
  /** Passed on with every verdict about this key. Up to 4096 characters of JSON. No secrets: gateways see it. */
  readonly metadata?: Record<string, unknown> | null | undefined;
  /** Unique among the owner's keys in force, in upper and lower case. 1 to 100 characters. */
  readonly name: string;
  /** What stands before the text that was hashed, such as `sk_live_`. Left out, the whole text was. 1 to 50 characters. */
  readonly prefix?: string | null | undefined;
  /** Its own limit, beside its client's. Default none. */
  readonly quota?: QuotaInput | null | undefined;
  /** Whether its secret is kept, encrypted under the key ring (AES-256-GCM), so that `revealApiKey` can show it again. Default false. It cannot be changed later. */
  readonly recoverable?: boolean | null | undefined;
  /** Narrows a user's key to these management permissions; left out, it may all that its creator may. Known: users:read, users:write, clients:read, clients:write, catalogue:read, catalogue:write, groups:read, groups:write, scopes:read, scopes:write, keys:read, keys:write, keys:reveal, tokens:read, tokens:write, tokens:reveal, integrations:write, verdicts:ask, gateways:read, gateways:write, access:request, access:decide, access:read, notifications:read, usage:read, usage:write, webhooks:read, webhooks:write, audit:read, jobs:read, keyring:read. Up to 31, each of 1 to 50 characters. */
  readonly scopes?: ReadonlyArray<string> | null | undefined;
  /** To find it by. Up to 20, each of 1 to 50 characters. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
  /** The user to own it; left out together with `clientId`: the caller. */
  readonly userId?: string | null | undefined;
};

export type ImportApiKeysInput = {
  /** Only tell what would become of each. Default false. */
  readonly dryRun?: boolean | null | undefined;
  /** 1 to 1000. Each is judged alone: one that is refused keeps no other back. */
  readonly keys: ReadonlyArray<ImportApiKeyInput>;
};

export type ImportOpenApiInput = {
  /** The collection that gets the APIs. */
  readonly collectionId: string;
  /** An OpenAPI document, 3.0 or 3.1, in JSON or YAML. Up to 10 MiB in UTF-8. Nothing is fetched. */
  readonly document: string;
  /** Only tell what would change. Default false. */
  readonly dryRun?: boolean | null | undefined;
  /** Default DELIST. */
  readonly gone?: GoneApis | null | undefined;
  /** Leave references to other documents unread, instead of refusing a document that has some. They are never fetched. Default false. */
  readonly ignoreExternalReferences?: boolean | null | undefined;
  /** Put before each path of the document, such as `/v1`, where the calls that gateways ask about carry it. 1 to 200 characters. */
  readonly pathPrefix?: string | null | undefined;
};

export type ImportWsdlInput = {
  /** The collection that gets the APIs. */
  readonly collectionId: string;
  /** A WSDL 1.1 document. Up to 10 MiB in UTF-8. Nothing is fetched. */
  readonly document: string;
  /** Only tell what would change. Default false. */
  readonly dryRun?: boolean | null | undefined;
  /** Where the operations are called, in place of the addresses in the document. An absolute http or https URL of 1 to 2000 characters. */
  readonly endpoint?: string | null | undefined;
  /** Default DELIST. */
  readonly gone?: GoneApis | null | undefined;
  /** Leave references to other documents unread, instead of refusing a document that has some. They are never fetched. Default false. */
  readonly ignoreExternalReferences?: boolean | null | undefined;
  /** Where the document was found, to be kept with the APIs. An absolute http or https URL of 1 to 2000 characters. */
  readonly wsdlLocation?: string | null | undefined;
};

/** What a secret that was looked up opens. */
export type LookedUpKind =
  | 'ACCESS_TOKEN'
  | 'API_KEY'
  | 'REFRESH_TOKEN';

/** What has become of a secret. Of a key's secret, all but ROTATED_OUT is said of the key. */
export type LookedUpStatus =
  | 'ACTIVE'
  | 'DISABLED'
  | 'DRAFT'
  | 'EXPIRED'
  /** A refresh token that was exchanged for the next one. */
  | 'REPLACED'
  | 'REVOKED'
  /** Its key has a newer secret, and the grace for this one is over. */
  | 'ROTATED_OUT'
  | 'ROTATING'
  | 'SCHEDULED'
  /** A token that was used as often as it may be. */
  | 'USES_EXHAUSTED';

/** All given conditions hold together. */
export type NotificationFilter = {
  /** Mails of this kind, such as `passwordReset`. */
  readonly kind?: string | null | undefined;
  readonly status?: NotificationStatus | null | undefined;
};

export type NotificationStatus =
  /** Given up: the mail server refused it for good, or a day of attempts went by. */
  | 'FAILED'
  /** No mail server is configured: it is here to be read. */
  | 'KEPT'
  /** Waiting to be sent, or to be tried again. */
  | 'QUEUED'
  /** The mail server has taken it. */
  | 'SENT';

export type OneTimePasswordInput = {
  /** A client, by `id` or client id. Give this or `userId`. 1 to 50 of A-Z a-z 0-9 _ -. */
  readonly clientId?: string | null | undefined;
  /** To be changed at the next sign-in; a random one is made when left out. The rule of other passwords. 1 to 128 characters. */
  readonly password?: string | null | undefined;
  /** A user, by `id`. Give this or `clientId`. */
  readonly userId?: string | null | undefined;
};

export type OrderDirection =
  | 'ASC'
  | 'DESC';

/** How many calls are allowed in a period. */
export type QuotaInput = {
  /** Calls in a period. 1 to 2000000000. */
  readonly limit: number;
  /** Default DAY. */
  readonly period?: QuotaPeriod | null | undefined;
};

/** In which so many calls are allowed. Days, weeks and months are those of the owner's time zone. */
export type QuotaPeriod =
  | 'DAY'
  | 'MONTH'
  /** Ever. */
  | 'TOTAL'
  | 'WEEK';

/** All given conditions hold together. */
export type RecentCallFilter = {
  /** Calls of this API. */
  readonly apiId?: string | null | undefined;
  /** Calls with this API key. */
  readonly apiKeyId?: string | null | undefined;
  /** Calls of this client, by its id or its client id. */
  readonly clientId?: string | null | undefined;
  readonly code?: VerdictCode | null | undefined;
  /** Calls at this instant or later. */
  readonly from?: string | null | undefined;
  /** Calls before this instant. */
  readonly until?: string | null | undefined;
};

export type RequestAccessInput = {
  /** The authority group that the caller would like to hold. */
  readonly groupId: string;
  /** Why, for whoever decides. 1 to 2000 characters. */
  readonly reason: string;
};

export type RequestPasswordResetInput = {
  /** A user's name or a client's client id. 1 to 100 characters. */
  readonly name: string;
};

export type ResetPasswordInput = {
  /** At least 8 characters, 5 different ones, without the account's names. 1 to 128 characters. */
  readonly password: string;
  /** The password again. 1 to 128 characters. */
  readonly passwordConfirmation: string;
  /** What stands after `token=` in the link. 1 to 100 characters. */
  readonly token: string;
};

export type RevealApiKeyInput = {
  /** The key. */
  readonly id: string;
  /** Why; the audit keeps it. 1 to 500 characters. */
  readonly reason: string;
};

export type RevealTokenInput = {
  /** The token. */
  readonly id: string;
  /** Why; the audit keeps it. 1 to 500 characters. */
  readonly reason: string;
};

export type RevokeApiKeyInput = {
  /** The key. */
  readonly id: string;
  /** Why; it stays with the key. 1 to 500 characters. */
  readonly reason?: string | null | undefined;
};

export type RevokeApiKeysInput = {
  /** How many keys in force you expect to revoke. If it is another number, nothing is changed. 0 to 10000. */
  readonly expectedCount: number;
  /** Which keys, as in `apiKeys`. Give this, `search` or both; nothing at all is refused. */
  readonly filter?: ApiKeyFilter | null | undefined;
  /** Why; it stays with each key. 1 to 500 characters. */
  readonly reason: string;
  /** Which keys, as in `apiKeys`. 1 to 200 characters. */
  readonly search?: string | null | undefined;
};

export type RevokeGatewayKeyInput = {
  /** The gateway key. */
  readonly id: string;
  /** Why; it stays with the key. 1 to 500 characters. */
  readonly reason?: string | null | undefined;
};

export type RevokeTokenInput = {
  /** The token. */
  readonly id: string;
  /** Why; it stays with the token. 1 to 500 characters. */
  readonly reason?: string | null | undefined;
};

export type RevokeTokensInput = {
  /** All of this client, by `id` or client id. Give this or `familyId`. 1 to 50 of A-Z a-z 0-9 _ -. */
  readonly clientId?: string | null | undefined;
  /** How many tokens in force you expect to revoke. If it is another number, nothing is changed. 0 to 2147483647. */
  readonly expectedCount?: number | null | undefined;
  /** All that came of one grant. Give this or `clientId`. */
  readonly familyId?: string | null | undefined;
  /** Why; it stays with the tokens. 1 to 500 characters. */
  readonly reason?: string | null | undefined;
};

/** What a user may do. */
export type Role =
  /** Reads everything, changes nothing. */
  | 'AUDITOR'
  /** Own keys only. */
  | 'MEMBER'
  /** Manages clients, groups, the catalogue, and the keys of clients; sees own keys besides. */
  | 'OPERATOR'
  /** Everything. */
  | 'SYSTEM_ADMIN';

export type RotateApiKeyInput = {
  /** For how many seconds the secret of before is accepted too, but never past the key's expiry; 0: no longer. Default 86400, a day. 0 to 31536000. */
  readonly graceSeconds?: number | null | undefined;
  /** The key. */
  readonly id: string;
};

export type RotateWebhookSecretInput = {
  /** For how many seconds the secret before signs as well. Default 86400, a day. 0 to 604800. */
  readonly graceSeconds?: number | null | undefined;
  /** The webhook. */
  readonly id: string;
};

/** What a sample is written in. */
export type SampleLanguage =
  /** A shell command with curl. */
  | 'CURL'
  /** An ES module for Node 20 and later, with nothing else. */
  | 'NODE'
  /** Python 3 with the library `requests`. */
  | 'PYTHON';

/** All given conditions hold together. */
export type ScopeFilter = {
  /** Scopes with this authority group. */
  readonly groupId?: string | null | undefined;
};

/** A is the highest. A client may hold groups of its own level and of lower ones. */
export type SecurityLevel =
  | 'A'
  | 'B'
  | 'C';

/** When a client's credentials are allowed. */
export type ServiceTimeInput = {
  /** IANA time zone of the windows. Default: the client's. 1 to 64 characters. */
  readonly timeZone?: string | null | undefined;
  /** 1 to 50, which must not overlap. */
  readonly windows: ReadonlyArray<ServiceWindowInput>;
};

/** Open on each of the days, from one time to another by the clock of the zone. */
export type ServiceWindowInput = {
  /** `HH:MM`, from 00:00 to 24:00; itself no longer open. Before `opens`: on the next day. */
  readonly closes: string;
  /** On which it opens: 1 to 7 different days. */
  readonly days: ReadonlyArray<Weekday>;
  /** `HH:MM`, from 00:00 to 23:59. */
  readonly opens: string;
};

/** Left out as a whole: the caller's own sessions. Sessions out of the caller's reach are not listed. */
export type SessionFilter = {
  /** Of this client, by `id` or client id. Takes `clients:read`. 1 to 50 of A-Z a-z 0-9 _ -. */
  readonly clientId?: string | null | undefined;
  /** Of this user. Others' take the permission `users:read`. */
  readonly userId?: string | null | undefined;
};

export type SetClientSecurityLevelInput = {
  /** The client's `id` or its client id. 1 to 50 of A-Z a-z 0-9 _ -. */
  readonly clientId: string;
  /** Take what is above the new level from the client and its keys. Without it, that is in the way. */
  readonly detach?: boolean | null | undefined;
  /** The highest level of groups that it may hold from now on. */
  readonly securityLevel: SecurityLevel;
};

export type SetClientStatusInput = {
  /** The client's `id` or its client id. 1 to 50 of A-Z a-z 0-9 _ -. */
  readonly clientId: string;
  /** Only an enabled client's credentials are allowed. */
  readonly status: ClientStatus;
};

/** Fields left out stay as they are. */
export type SetSignInPolicyInput = {
  /** A client, by `id` or client id. Give this or `userId`. 1 to 50 of A-Z a-z 0-9 _ -. */
  readonly clientId?: string | null | undefined;
  /** What the next lock will be like. */
  readonly lock?: SignInLock | null | undefined;
  /** Count failed sign-ins from 0 again, and let the next lock be a short one. A lock in force stays. */
  readonly resetCounter?: boolean | null | undefined;
  /** How many sign-ins may fail in a row before the account is locked. 1 to 100. */
  readonly threshold?: number | null | undefined;
  /** Lift the lock, also one set with `setClientStatus`, and count from 0 again. */
  readonly unlock?: boolean | null | undefined;
  /** A user, by `id`. Give this or `clientId`. */
  readonly userId?: string | null | undefined;
};

export type SignInInput = {
  /** A user's name or a client's client id. 1 to 100 characters. */
  readonly name: string;
  /** The password. 1 to 128 characters. */
  readonly password: string;
};

/** How an account is locked when too many sign-ins have failed. */
export type SignInLock =
  /** Until somebody unlocks it. */
  | 'PERMANENT'
  /** For 1 minute, and twice as long each time it happens again without a success between, up to 24 hours. */
  | 'TEMPORARY';

export type SurrenderSecretInput = {
  /** Why; it stays with the key or token. 1 to 500 characters. */
  readonly reason?: string | null | undefined;
  /** The full text of the key or token to give up. 1 to 500 characters. */
  readonly secret: string;
};

export type TestWebhookInput = {
  /** The webhook. */
  readonly id: string;
};

/** All given conditions hold together. */
export type TokenFilter = {
  /** Those that came of one grant. */
  readonly familyId?: string | null | undefined;
  /** How they were granted. Default: all. */
  readonly grantType?: GrantType | null | undefined;
  /** Default: all. */
  readonly kind?: TokenKind | null | undefined;
  /** Whether they can be revealed. Default: all. */
  readonly saved?: boolean | null | undefined;
  /** Default: all. */
  readonly status?: TokenStatus | null | undefined;
};

export type TokenKind =
  /** Sent with calls. */
  | 'ACCESS'
  /** Exchanged for new tokens. */
  | 'REFRESH';

export type TokenOrder = {
  readonly direction?: OrderDirection;
  readonly field: TokenOrderField;
};

export type TokenOrderField =
  | 'CREATED_AT'
  | 'EXPIRES_AT'
  /** One that was never used stands where it was created. */
  | 'LAST_ACCESSED_AT';

/** Derived at the moment of asking, so it is never out of date. */
export type TokenStatus =
  /** In force. */
  | 'ACTIVE'
  /** Its validity is over. */
  | 'EXPIRED'
  /** A refresh token that was exchanged for the next one. */
  | 'REPLACED'
  /** Ended by somebody, for good: by itself, or with its family. */
  | 'REVOKED'
  /** Used as often as it may be. */
  | 'USES_EXHAUSTED';

/** Fields left out stay as they are. Collection and kind cannot be changed. */
export type UpdateApiInput = {
  /** Whom it is offered to. */
  readonly audience?: Audience | null | undefined;
  /** For people. 0 to 2000 characters. */
  readonly description?: string | null | undefined;
  /** SOAP: where it is called; null: at the collection's base URL. An absolute http or https URL of 1 to 2000 characters. */
  readonly endpoint?: string | null | undefined;
  /** The API. */
  readonly id: string;
  /** REST: the method that it is called with. */
  readonly method?: HttpMethod | null | undefined;
  /** What the operation is called. 1 to 100 characters. */
  readonly name?: string | null | undefined;
  /** Whether every valid credential may call it. */
  readonly openToAll?: boolean | null | undefined;
  /** SOAP: the operation's name; null: none. 1 to 200 characters. */
  readonly operation?: string | null | undefined;
  /** REST: a path template, as in `CreateApiInput`. 1 to 500 characters. */
  readonly path?: string | null | undefined;
  /** SOAP: the WSDL port that offers it; null: not known. 1 to 200 characters. */
  readonly port?: string | null | undefined;
  /** SOAP: as in `CreateApiInput`; null: none. 0 to 500 characters. */
  readonly soapAction?: string | null | undefined;
  /** Delisted, every call of it is refused. */
  readonly status?: ApiStatus | null | undefined;
  /** SOAP: where its WSDL is found; null: not known. An absolute http or https URL of 1 to 2000 characters. */
  readonly wsdlLocation?: string | null | undefined;
};

/** Fields left out stay as they are. */
export type UpdateApiKeyInput = {
  /** For people. 0 to 2000 characters. */
  readonly description?: string | null | undefined;
  /** From when on it is allowed; a day counts from its first instant. */
  readonly effectiveAt?: string | null | undefined;
  /** From when on it is refused; a day counts to its last instant. Null: never, for a user's key. */
  readonly expiresAt?: string | null | undefined;
  /** All the authority groups that a client's key holds from now on, at least one. 0 to 100 ids. */
  readonly groupIds?: ReadonlyArray<string> | null | undefined;
  /** The key. */
  readonly id: string;
  /** Passed on with every verdict about this key. Up to 4096 characters of JSON. */
  readonly metadata?: Record<string, unknown> | null | undefined;
  /** Unique among the owner's keys in force, in upper and lower case. 1 to 100 characters. */
  readonly name?: string | null | undefined;
  /** Its own limit, beside its client's; null: none. */
  readonly quota?: QuotaInput | null | undefined;
  /** The management permissions that a user's key is narrowed to; null: all that its user's role has. Up to 31, each of 1 to 50 characters. */
  readonly scopes?: ReadonlyArray<string> | null | undefined;
  /** To find it by. Up to 20, each of 1 to 50 characters. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
};

/** Fields left out stay as they are. */
export type UpdateAuthorityGroupInput = {
  /** All the APIs that it grants from now on. 1 to 1000 ids. */
  readonly apiIds?: ReadonlyArray<string> | null | undefined;
  /** For people. 0 to 2000 characters. */
  readonly description?: string | null | undefined;
  /** The authority group. */
  readonly id: string;
  /** Unique. 1 to 100 characters. */
  readonly name?: string | null | undefined;
  /** Clients below it must not hold the group, neither directly nor in a scope. */
  readonly securityLevel?: SecurityLevel | null | undefined;
};

/** Fields left out stay as they are; null clears those that take it. */
export type UpdateClientInput = {
  /** The number under which the client was applied for. 1 to 50 characters. */
  readonly applicationNumber?: string | null | undefined;
  /** Which APIs of the catalogue it is offered. Default INTERNAL_AND_EXTERNAL. */
  readonly audience?: Audience | null | undefined;
  /** The name for people. Unique. 1 to 100 characters. */
  readonly displayName?: string | null | undefined;
  /** Where mails about it go: up to 200 different e-mail addresses. */
  readonly emails?: ReadonlyArray<string> | null | undefined;
  /** From when on its credentials are refused; a day counts to its last instant. Null: never. */
  readonly expiresAt?: string | null | undefined;
  /** From where its credentials are allowed; empty: from anywhere. Up to 100. */
  readonly hostBindings?: ReadonlyArray<HostBindingInput> | null | undefined;
  /** The client's `id` or its client id. 1 to 50 of A-Z a-z 0-9 _ -. */
  readonly id: string;
  /** For your own systems. Up to 4096 characters of JSON. */
  readonly metadata?: Record<string, unknown> | null | undefined;
  /** Unique. 1 to 50 of A-Z a-z 0-9 _ -. */
  readonly name?: string | null | undefined;
  /** What the client is for. 1 to 2000 characters. */
  readonly note?: string | null | undefined;
  /** 0 is the highest. Default 5. 0 to 9. */
  readonly priority?: number | null | undefined;
  /** Calls allowed in a period. Null: without limit. */
  readonly quota?: QuotaInput | null | undefined;
  /** The region that it belongs to. */
  readonly regionId?: string | null | undefined;
  /** For people. 1 to 2000 characters. */
  readonly remark?: string | null | undefined;
  /** When its credentials are allowed. Null: always. */
  readonly serviceTime?: ServiceTimeInput | null | undefined;
  /** From when on its credentials are allowed; a day counts from its first instant. Null: from ever. */
  readonly startsAt?: string | null | undefined;
  /** Default ENABLED. */
  readonly status?: ClientStatus | null | undefined;
  /** To find it by. Up to 20, each of 1 to 50 characters. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
  /** IANA time zone in which days are read from now on; dates and service time that are set stay as they are. 1 to 64 characters. */
  readonly timeZone?: string | null | undefined;
  /** Transactions per second on each node; 0: without limit. Default 10. 0 to 1000000. */
  readonly tpsPerNode?: number | null | undefined;
};

/** Fields left out stay as they are. */
export type UpdateCollectionInput = {
  /** What its paths follow. An absolute http or https URL of 1 to 2000 characters. */
  readonly baseUrl?: string | null | undefined;
  /** The collection. */
  readonly id: string;
  /** Unique in its region. Whoever names it as `<region code>/<collection name>` must follow. 1 to 100 characters. */
  readonly name?: string | null | undefined;
  /** The region that it belongs to from now on. */
  readonly regionId?: string | null | undefined;
  /** The server that offers its APIs. 1 to 253 characters. */
  readonly serverName?: string | null | undefined;
};

/** Fields left out stay as they are. */
export type UpdateRegionInput = {
  /** Unique. Whoever names a collection as `<region code>/<collection name>` must follow. 1 to 50 of A-Z a-z 0-9 _ -. */
  readonly code?: string | null | undefined;
  /** The region. */
  readonly id: string;
  /** Unique. 1 to 100 characters. */
  readonly name?: string | null | undefined;
};

/** Fields left out stay as they are. */
export type UpdateScopeInput = {
  /** For people. 0 to 2000 characters. */
  readonly description?: string | null | undefined;
  /** All the groups that it stands for from now on. 1 to 100 ids. */
  readonly groupIds?: ReadonlyArray<string> | null | undefined;
  /** The scope. */
  readonly id: string;
  /** Unique. 1 to 100 visible ASCII characters without " and \. */
  readonly name?: string | null | undefined;
};

/** Fields left out stay as they are. Tokens that were issued keep what they were issued with. */
export type UpdateTokenSettingsInput = {
  /** How many calls may be made with an access token; 0: any number. 0 to 1000000. */
  readonly accessTokenUses?: number | null | undefined;
  /** How long an access token can be used: 1 second to 366 days. */
  readonly accessTokenValidity?: ValidityInput | null | undefined;
  /** The client's `id` or its client id. 1 to 50 of A-Z a-z 0-9 _ -. */
  readonly clientId: string;
  /** All the ways by which it may come by tokens from now on. PASSWORD and IMPLICIT only where `ALLOW_LEGACY_GRANTS` is on. AUTHORIZATION_CODE and IMPLICIT need a redirect URL. */
  readonly grantTypes?: ReadonlyArray<GrantType> | null | undefined;
  /** All the places that a user's browser may be sent back to, matched to the letter: absolute, without fragment, wildcard and user name; of https, of http at 127.0.0.1, [::1] or localhost, or of a program's own scheme with a dot, such as `com.example.app:/signed-in` (RFC 8252). Up to 6, each of 1 to 2000 characters. */
  readonly redirectUrls?: ReadonlyArray<string> | null | undefined;
  /** How often a grant can be refreshed; 0: any number. 0 to 1000000. */
  readonly refreshTokenUses?: number | null | undefined;
  /** How long a refresh token can be exchanged: 1 second to 3660 days. */
  readonly refreshTokenValidity?: ValidityInput | null | undefined;
};

/** Fields left out stay as they are. */
export type UpdateUserInput = {
  /** Where mails about the account go; null for none. Up to 254 characters. */
  readonly email?: string | null | undefined;
  /** The user. */
  readonly id: string;
  /** What the user may do; it counts at once. */
  readonly role?: Role | null | undefined;
  /** IANA time zone. 1 to 64 characters. */
  readonly timeZone?: string | null | undefined;
};

/** What is left out stays as it is. */
export type UpdateWebhookInput = {
  /** For people. 0 to 500 characters. */
  readonly description?: string | null | undefined;
  /** Whether it is told of events. */
  readonly enabled?: boolean | null | undefined;
  /** What it is told of: at least one. */
  readonly events?: ReadonlyArray<WebhookEvent> | null | undefined;
  /** The webhook. */
  readonly id: string;
  /** An https URL without user name and fragment, of a public address; http and private addresses only where `WEBHOOK_PRIVATE_NETWORKS` allows them. 1 to 2000 characters. */
  readonly url?: string | null | undefined;
};

/** What calls are told apart by. */
export type UsageDimension =
  | 'API'
  | 'API_KEY'
  | 'CLIENT'
  | 'CODE'
  | 'COLLECTION'
  | 'REGION';

/** All given conditions hold together. What was deleted is found by its id for as long as it is counted. */
export type UsageFilter = {
  /** Calls of this API. */
  readonly apiId?: string | null | undefined;
  /** Calls with this API key. */
  readonly apiKeyId?: string | null | undefined;
  /** Calls of this client, by its id or its client id. 1 to 50 characters. */
  readonly clientId?: string | null | undefined;
  /** Verdicts with one of these codes: 1 to 50. */
  readonly codes?: ReadonlyArray<VerdictCode> | null | undefined;
  /** Calls of APIs that were in this collection. */
  readonly collectionId?: string | null | undefined;
  /** Calls of APIs that were in this region. */
  readonly regionId?: string | null | undefined;
};

export type UsageInput = {
  /** Default: all that the caller may see. */
  readonly filter?: UsageFilter | null | undefined;
  /** Where the range begins: with the step that holds this instant. Not before 2000. */
  readonly from: string;
  /** A range has at most 1,440 minutes, 744 hours (31 days) or 1,098 days (three years). */
  readonly step: UsageStep;
  /** Where the range ends: after the step that holds the instant before. Default now. */
  readonly until?: string | null | undefined;
};

/** How finely calls are counted. Steps begin by the clock of UTC. */
export type UsageStep =
  | 'DAY'
  | 'HOUR'
  | 'MINUTE';

/** All given conditions hold together. */
export type UserFilter = {
  readonly role?: Role | null | undefined;
};

export type ValidityInput = {
  /** How many of the unit. 1 to 400000000. */
  readonly amount: number;
  /** Of the amount. */
  readonly unit: ValidityUnit;
};

/** A day is 24 hours. */
export type ValidityUnit =
  | 'DAY'
  | 'HOUR'
  | 'MINUTE'
  | 'SECOND';

/** Why a credential is allowed or refused. The list is closed. */
export type VerdictCode =
  /** The credential's client may not call from this address. HTTP 403. */
  | 'ADDRESS_NOT_ALLOWED'
  /** No listed API answers this call. HTTP 403. */
  | 'API_UNKNOWN'
  /** The credential is disabled. HTTP 401. */
  | 'DISABLED'
  /** The credential's expiry date has passed. HTTP 401. */
  | 'EXPIRED'
  /** The credential holds no authority group that grants this call. HTTP 403. */
  | 'GROUP_DENIED'
  /** The credential is not one secret in its full text. Send exactly one, as it was shown. HTTP 401. */
  | 'MALFORMED'
  /** No credential was sent. Send it as X-API-Key or Authorization: Bearer. HTTP 401. */
  | 'MISSING'
  /** The credential is unknown. HTTP 401. */
  | 'NOT_FOUND'
  /** The credential's effective date is still to come. HTTP 401. */
  | 'NOT_YET_EFFECTIVE'
  /** It is outside of the service time of the credential's client. HTTP 403. */
  | 'OUTSIDE_SERVICE_TIME'
  /** The credential's client is disabled. HTTP 403. */
  | 'OWNER_DISABLED'
  /** The credential's client is locked. HTTP 403. */
  | 'OWNER_LOCKED'
  /** The credential's client has not started yet, or its expiry date has passed. HTTP 403. */
  | 'OWNER_NOT_IN_FORCE'
  /** The credential's quota has no room for this call. HTTP 429. */
  | 'QUOTA_EXCEEDED'
  /** The credential's client calls more often in a second than it may. HTTP 429. */
  | 'RATE_LIMITED'
  /** The credential was revoked. HTTP 401. */
  | 'REVOKED'
  /** The credential was replaced by a rotation, and its grace is over. Send the new one. HTTP 401. */
  | 'ROTATED_OUT'
  /** The credential lacks a scope that this call demands. HTTP 403. */
  | 'SCOPE_DENIED'
  /** No verdict could be reached just now. Ask again. HTTP 503. */
  | 'UNDECIDED'
  /** The token was used as often as it may be. HTTP 401. */
  | 'USES_EXHAUSTED'
  /** Allowed. */
  | 'VALID';

export type VerifyCredentialInput = {
  /** The caller's IP address, kept with the credential's last access. A client with host bindings is refused without it. 1 to 45 characters. */
  readonly address?: string | null | undefined;
  /** Left out together with `groups` and `scopes`, only the credential and its owner are judged. */
  readonly api?: CalledApiInput | null | undefined;
  /** What the call takes from quotas; 1 if left out. Of the calls in a second it is one. 1 to 1000000. */
  readonly cost?: number | null | undefined;
  /** The full text of the credential. 0 to 1000 characters. */
  readonly credential: string;
  /** Groups that must all be held, by name or id. Up to 100, each of 1 to 100 characters. */
  readonly groups?: ReadonlyArray<string> | null | undefined;
  /** Scopes that must all be held. Up to 100, each of 1 to 100 characters. */
  readonly scopes?: ReadonlyArray<string> | null | undefined;
};

/** All given conditions hold together. */
export type WebhookDeliveryFilter = {
  readonly status?: WebhookDeliveryStatus | null | undefined;
  /** To this webhook. */
  readonly webhookId?: string | null | undefined;
};

export type WebhookDeliveryStatus =
  /** The receiver has answered 2xx. */
  | 'DELIVERED'
  /** Given up: the receiver answered 410, or a day of attempts went by. */
  | 'FAILED'
  /** Waiting to be sent, or to be tried again. */
  | 'QUEUED';

export type WebhookEvent =
  /** `anomaly.detected`: an unusual use of a key or of a client's tokens was found. */
  | 'ANOMALY_DETECTED'
  /** `quota.alert`: 80 or 100 percent of a quota are used. */
  | 'QUOTA_ALERT';

/** All given conditions hold together. */
export type WebhookFilter = {
  readonly enabled?: boolean | null | undefined;
  /** Told of this, among others. */
  readonly event?: WebhookEvent | null | undefined;
};

export type WebhookOrder = {
  readonly direction?: OrderDirection;
  readonly field: WebhookOrderField;
};

export type WebhookOrderField =
  | 'CREATED_AT'
  | 'URL';

export type Weekday =
  | 'FRIDAY'
  | 'MONDAY'
  | 'SATURDAY'
  | 'SUNDAY'
  | 'THURSDAY'
  | 'TUESDAY'
  | 'WEDNESDAY';

export type AccessRequestFragment = { readonly id: string, readonly reason: string, readonly status: AccessRequestStatus, readonly decidedAt: string | null, readonly decidedBy: string | null, readonly decisionReason: string | null, readonly createdAt: string, readonly client: { readonly id: string, readonly clientId: string, readonly displayName: string }, readonly group: { readonly id: string, readonly name: string, readonly securityLevel: SecurityLevel } };

export type AccessRequestsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  filter?: AccessRequestFilter | null | undefined;
}>;


export type AccessRequestsQuery = { readonly accessRequests: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: AccessRequestFragment }> } };

export type RequestAccessMutationVariables = Exact<{
  input: RequestAccessInput;
}>;


export type RequestAccessMutation = { readonly requestAccess: AccessRequestFragment };

export type DecideAccessRequestMutationVariables = Exact<{
  input: DecideAccessRequestInput;
}>;


export type DecideAccessRequestMutation = { readonly decideAccessRequest: AccessRequestFragment };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { readonly changePassword: ActorFragment };

export type SetOneTimePasswordMutationVariables = Exact<{
  input: OneTimePasswordInput;
}>;


export type SetOneTimePasswordMutation = { readonly setOneTimePassword: { readonly password: string | null, readonly user: UserFragment | null, readonly client: ClientWithGroupsFragment | null } };

export type SetSignInPolicyMutationVariables = Exact<{
  input: SetSignInPolicyInput;
}>;


export type SetSignInPolicyMutation = { readonly setSignInPolicy: { readonly user: UserFragment | null, readonly client: ClientWithGroupsFragment | null } };

export type AnomalyFragment = { readonly id: string, readonly kind: AnomalyKind, readonly detectedAt: string, readonly windowStartsAt: string, readonly windowEndsAt: string, readonly seen: number, readonly expected: number, readonly calls: number | null, readonly addresses: ReadonlyArray<string>, readonly lastUsedAt: string | null, readonly acknowledgedAt: string | null, readonly acknowledgedBy: string | null, readonly note: string | null, readonly client: { readonly id: string, readonly clientId: string, readonly displayName: string } | null, readonly apiKey: { readonly id: string, readonly name: string, readonly lookupId: string } | null };

export type AnomaliesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  filter?: AnomalyFilter | null | undefined;
  orderBy?: AnomalyOrder | null | undefined;
}>;


export type AnomaliesQuery = { readonly anomalies: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: AnomalyFragment }> } };

export type AcknowledgeAnomalyMutationVariables = Exact<{
  input: AcknowledgeAnomalyInput;
}>;


export type AcknowledgeAnomalyMutation = { readonly acknowledgeAnomaly: AnomalyFragment };

export type AuditEventFragment = { readonly id: string, readonly number: number | null, readonly hash: string | null, readonly previousHash: string | null, readonly at: string, readonly event: string, readonly actorKind: string, readonly actorId: string, readonly actorName: string, readonly actorRole: string | null, readonly apiKeyId: string | null, readonly address: string | null, readonly requestId: string, readonly transactionRef: string | null, readonly targetKind: string, readonly targetId: string, readonly reason: string | null, readonly before: Record<string, unknown> | null, readonly after: Record<string, unknown> | null };

export type AuditEventsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  filter?: AuditEventFilter | null | undefined;
}>;


export type AuditEventsQuery = { readonly auditEvents: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: AuditEventFragment }> } };

export type AuditChainQueryVariables = Exact<{
  after?: AuditChainPointInput | null | undefined;
  known?: ReadonlyArray<AuditChainPointInput> | AuditChainPointInput | null | undefined;
  events?: number | null | undefined;
}>;


export type AuditChainQuery = { readonly auditChain: { readonly valid: boolean, readonly verified: number, readonly complete: boolean, readonly waiting: number, readonly firstBreak: { readonly problem: AuditChainProblem, readonly number: number | null, readonly eventId: string | null, readonly message: string } | null, readonly verifiedTo: { readonly number: number, readonly hash: string }, readonly checkpoint: { readonly number: number, readonly hash: string, readonly at: string, readonly keyVersion: number, readonly signature: string } | null } };

export type RegionFragment = { readonly id: string, readonly code: string, readonly name: string, readonly createdAt: string, readonly updatedAt: string };

export type CollectionFragment = { readonly id: string, readonly regionId: string, readonly name: string, readonly serverName: string, readonly baseUrl: string, readonly createdAt: string, readonly updatedAt: string };

export type ApiFragment = { readonly id: string, readonly collectionId: string, readonly kind: ApiKind, readonly name: string, readonly description: string, readonly method: HttpMethod | null, readonly path: string | null, readonly endpoint: string | null, readonly soapAction: string | null, readonly operation: string | null, readonly port: string | null, readonly wsdlLocation: string | null, readonly status: ApiStatus, readonly audience: Audience, readonly openToAll: boolean, readonly createdAt: string, readonly updatedAt: string };

export type RegionQueryVariables = Exact<{
  id: string;
}>;


export type RegionQuery = { readonly region: RegionFragment };

export type RegionsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type RegionsQuery = { readonly regions: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: RegionFragment }> } };

export type CollectionQueryVariables = Exact<{
  id: string;
}>;


export type CollectionQuery = { readonly collection: CollectionFragment };

export type CollectionsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  regionId?: string | null | undefined;
}>;


export type CollectionsQuery = { readonly collections: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: CollectionFragment }> } };

export type ApiQueryVariables = Exact<{
  id: string;
}>;


export type ApiQuery = { readonly api: ApiFragment };

export type ApisQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  kind?: ApiKind | null | undefined;
  regionId?: string | null | undefined;
  collectionId?: string | null | undefined;
  filter?: ApiFilter | null | undefined;
}>;


export type ApisQuery = { readonly apis: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: ApiFragment }> } };

export type CreateRegionMutationVariables = Exact<{
  input: CreateRegionInput;
}>;


export type CreateRegionMutation = { readonly createRegion: RegionFragment };

export type UpdateRegionMutationVariables = Exact<{
  input: UpdateRegionInput;
}>;


export type UpdateRegionMutation = { readonly updateRegion: RegionFragment };

export type DeleteRegionMutationVariables = Exact<{
  input: DeleteRegionInput;
}>;


export type DeleteRegionMutation = { readonly deleteRegion: RegionFragment };

export type CreateCollectionMutationVariables = Exact<{
  input: CreateCollectionInput;
}>;


export type CreateCollectionMutation = { readonly createCollection: CollectionFragment };

export type UpdateCollectionMutationVariables = Exact<{
  input: UpdateCollectionInput;
}>;


export type UpdateCollectionMutation = { readonly updateCollection: CollectionFragment };

export type DeleteCollectionMutationVariables = Exact<{
  input: DeleteCollectionInput;
}>;


export type DeleteCollectionMutation = { readonly deleteCollection: CollectionFragment };

export type CreateApiMutationVariables = Exact<{
  input: CreateApiInput;
}>;


export type CreateApiMutation = { readonly createApi: ApiFragment };

export type UpdateApiMutationVariables = Exact<{
  input: UpdateApiInput;
}>;


export type UpdateApiMutation = { readonly updateApi: ApiFragment };

export type DeleteApiMutationVariables = Exact<{
  input: DeleteApiInput;
}>;


export type DeleteApiMutation = { readonly deleteApi: ApiFragment };

export type CatalogueImportFragment = { readonly dryRun: boolean, readonly title: string, readonly addedCount: number, readonly changedCount: number, readonly goneCount: number, readonly unchangedCount: number, readonly stillDelistedCount: number, readonly skippedCount: number, readonly warnings: ReadonlyArray<string>, readonly added: ReadonlyArray<{ readonly id: string | null, readonly kind: ApiKind, readonly name: string, readonly method: HttpMethod | null, readonly path: string | null, readonly endpoint: string | null, readonly soapAction: string | null, readonly operation: string | null }>, readonly changed: ReadonlyArray<{ readonly id: string, readonly name: string, readonly fields: ReadonlyArray<{ readonly field: string, readonly before: string | null, readonly after: string | null }> }>, readonly gone: ReadonlyArray<ApiFragment>, readonly stillDelisted: ReadonlyArray<ApiFragment>, readonly skipped: ReadonlyArray<{ readonly name: string, readonly reason: string }> };

export type ImportOpenApiMutationVariables = Exact<{
  input: ImportOpenApiInput;
}>;


export type ImportOpenApiMutation = { readonly importOpenApi: CatalogueImportFragment };

export type ImportWsdlMutationVariables = Exact<{
  input: ImportWsdlInput;
}>;


export type ImportWsdlMutation = { readonly importWsdl: CatalogueImportFragment };

export type ClientFragment = { readonly id: string, readonly clientId: string, readonly name: string, readonly displayName: string, readonly note: string, readonly status: ClientStatus, readonly securityLevel: SecurityLevel, readonly timeZone: string, readonly applicationNumber: string | null, readonly startsAt: string | null, readonly expiresAt: string | null, readonly tpsPerNode: number, readonly priority: number, readonly audience: Audience, readonly emails: ReadonlyArray<string>, readonly remark: string | null, readonly tags: ReadonlyArray<string>, readonly metadata: Record<string, unknown>, readonly system: boolean, readonly createdAt: string, readonly createdBy: string, readonly updatedAt: string, readonly signInPolicy: SignInPolicyFragment, readonly hostBindings: ReadonlyArray<{ readonly name: string, readonly match: string }>, readonly serviceTime: { readonly timeZone: string, readonly windows: ReadonlyArray<{ readonly days: ReadonlyArray<Weekday>, readonly opens: string, readonly closes: string }> } | null, readonly quota: { readonly limit: number, readonly period: QuotaPeriod } | null, readonly region: { readonly id: string, readonly code: string, readonly name: string } | null };

export type ClientWithGroupsFragment = (
  { readonly groups: ReadonlyArray<{ readonly id: string, readonly name: string, readonly securityLevel: SecurityLevel }>, readonly scopes: ReadonlyArray<{ readonly id: string, readonly name: string }>, readonly tokenSettings: TokenSettingsFragment }
  & ClientFragment
);

export type ClientQueryVariables = Exact<{
  id?: string | null | undefined;
  clientId?: string | null | undefined;
}>;


export type ClientQuery = { readonly client: ClientWithGroupsFragment };

export type ClientsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  filter?: ClientFilter | null | undefined;
  orderBy?: ClientOrder | null | undefined;
}>;


export type ClientsQuery = { readonly clients: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: ClientWithGroupsFragment }> } };

export type CreateClientMutationVariables = Exact<{
  input: CreateClientInput;
}>;


export type CreateClientMutation = { readonly createClient: ClientWithGroupsFragment };

export type UpdateClientMutationVariables = Exact<{
  input: UpdateClientInput;
}>;


export type UpdateClientMutation = { readonly updateClient: ClientWithGroupsFragment };

export type SetClientStatusMutationVariables = Exact<{
  input: SetClientStatusInput;
}>;


export type SetClientStatusMutation = { readonly setClientStatus: ClientWithGroupsFragment };

export type AddClientGroupsMutationVariables = Exact<{
  input: ClientGroupsInput;
}>;


export type AddClientGroupsMutation = { readonly addClientGroups: ClientWithGroupsFragment };

export type RemoveClientGroupsMutationVariables = Exact<{
  input: ClientGroupsInput;
}>;


export type RemoveClientGroupsMutation = { readonly removeClientGroups: ClientWithGroupsFragment };

export type DeleteClientMutationVariables = Exact<{
  input: DeleteClientInput;
}>;


export type DeleteClientMutation = { readonly deleteClient: ClientFragment };

export type AssignableGroupsQueryVariables = Exact<{
  clientId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type AssignableGroupsQuery = { readonly assignableGroups: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: AuthorityGroupFragment }> } };

export type SetClientSecurityLevelMutationVariables = Exact<{
  input: SetClientSecurityLevelInput;
}>;


export type SetClientSecurityLevelMutation = { readonly setClientSecurityLevel: ClientWithGroupsFragment };

export type AddClientScopesMutationVariables = Exact<{
  input: ClientScopesInput;
}>;


export type AddClientScopesMutation = { readonly addClientScopes: ClientWithGroupsFragment };

export type RemoveClientScopesMutationVariables = Exact<{
  input: ClientScopesInput;
}>;


export type RemoveClientScopesMutation = { readonly removeClientScopes: ClientWithGroupsFragment };

export type GatewayKeyFragment = { readonly id: string, readonly name: string, readonly description: string, readonly lookupId: string, readonly status: GatewayKeyStatus, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string, readonly lastAccessedAt: string | null, readonly lastAccessedFrom: string | null, readonly revokedAt: string | null, readonly revokedBy: string | null, readonly revocationReason: string | null };

export type GatewayKeyQueryVariables = Exact<{
  id: string;
}>;


export type GatewayKeyQuery = { readonly gatewayKey: GatewayKeyFragment };

export type GatewayKeysQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  filter?: GatewayKeyFilter | null | undefined;
  orderBy?: GatewayKeyOrder | null | undefined;
}>;


export type GatewayKeysQuery = { readonly gatewayKeys: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: GatewayKeyFragment }> } };

export type CreateGatewayKeyMutationVariables = Exact<{
  input: CreateGatewayKeyInput;
}>;


export type CreateGatewayKeyMutation = { readonly createGatewayKey: { readonly secret: string, readonly gatewayKey: GatewayKeyFragment } };

export type RevokeGatewayKeyMutationVariables = Exact<{
  input: RevokeGatewayKeyInput;
}>;


export type RevokeGatewayKeyMutation = { readonly revokeGatewayKey: GatewayKeyFragment };

export type GatewayRecipesQueryVariables = Exact<{
  input: GatewayRecipesInput;
}>;


export type GatewayRecipesQuery = { readonly gatewayRecipes: ReadonlyArray<{ readonly gateway: GatewayKind, readonly note: string, readonly files: ReadonlyArray<{ readonly name: string, readonly content: string }> }> };

export type AuthorityGroupFragment = { readonly id: string, readonly name: string, readonly description: string, readonly securityLevel: SecurityLevel, readonly createdAt: string, readonly updatedAt: string };

export type AuthorityGroupQueryVariables = Exact<{
  id: string;
}>;


export type AuthorityGroupQuery = { readonly authorityGroup: (
    { readonly apiCount: number, readonly apis: ReadonlyArray<ApiFragment> }
    & AuthorityGroupFragment
  ) };

export type AuthorityGroupsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  filter?: AuthorityGroupFilter | null | undefined;
}>;


export type AuthorityGroupsQuery = { readonly authorityGroups: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: AuthorityGroupFragment }> } };

export type CreateAuthorityGroupMutationVariables = Exact<{
  input: CreateAuthorityGroupInput;
}>;


export type CreateAuthorityGroupMutation = { readonly createAuthorityGroup: AuthorityGroupFragment };

export type UpdateAuthorityGroupMutationVariables = Exact<{
  input: UpdateAuthorityGroupInput;
}>;


export type UpdateAuthorityGroupMutation = { readonly updateAuthorityGroup: (
    { readonly apiCount: number }
    & AuthorityGroupFragment
  ) };

export type DeleteAuthorityGroupMutationVariables = Exact<{
  input: DeleteAuthorityGroupInput;
}>;


export type DeleteAuthorityGroupMutation = { readonly deleteAuthorityGroup: AuthorityGroupFragment };

export type AddGroupApisMutationVariables = Exact<{
  input: AuthorityGroupApisInput;
}>;


export type AddGroupApisMutation = { readonly addGroupApis: (
    { readonly apiCount: number }
    & AuthorityGroupFragment
  ) };

export type RemoveGroupApisMutationVariables = Exact<{
  input: AuthorityGroupApisInput;
}>;


export type RemoveGroupApisMutation = { readonly removeGroupApis: (
    { readonly apiCount: number }
    & AuthorityGroupFragment
  ) };

export type ApiKeyFragment = { readonly id: string, readonly kind: ApiKeyKind, readonly name: string, readonly description: string, readonly lookupId: string, readonly status: ApiKeyStatus, readonly permissions: ReadonlyArray<string> | null, readonly recoverable: boolean, readonly tags: ReadonlyArray<string>, readonly metadata: Record<string, unknown>, readonly effectiveAt: string, readonly expiresAt: string | null, readonly rotationEndsAt: string | null, readonly createdAt: string, readonly createdBy: string, readonly lastAccessedAt: string, readonly lastAccessedFrom: string | null, readonly revokedAt: string | null, readonly revokedBy: string | null, readonly revocationReason: string | null, readonly secrets: ReadonlyArray<{ readonly lookupId: string, readonly createdAt: string, readonly retiresAt: string | null, readonly lastAccessedAt: string | null, readonly lastAccessedFrom: string | null }>, readonly owner: { readonly id: string, readonly kind: string, readonly name: string }, readonly groups: ReadonlyArray<{ readonly id: string, readonly name: string }>, readonly quota: { readonly limit: number, readonly period: QuotaPeriod } | null, readonly lastAccessedApi: { readonly id: string, readonly name: string } | null };

export type RefusedFragment = { readonly code: string, readonly message: string, readonly fields: ReadonlyArray<{ readonly path: string, readonly message: string }> };

export type ApiKeyQueryVariables = Exact<{
  id: string;
}>;


export type ApiKeyQuery = { readonly apiKey: ApiKeyFragment };

export type ApiKeysQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  filter?: ApiKeyFilter | null | undefined;
  orderBy?: ApiKeyOrder | null | undefined;
}>;


export type ApiKeysQuery = { readonly apiKeys: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: ApiKeyFragment }> } };

export type ApiKeySamplesQueryVariables = Exact<{
  id: string;
  apiId?: string | null | undefined;
}>;


export type ApiKeySamplesQuery = { readonly apiKey: { readonly samples: ReadonlyArray<{ readonly language: SampleLanguage, readonly title: string, readonly code: string }> } };

export type CreateApiKeyMutationVariables = Exact<{
  input: CreateApiKeyInput;
}>;


export type CreateApiKeyMutation = { readonly createApiKey: { readonly secret: string, readonly apiKey: ApiKeyFragment } };

export type UpdateApiKeyMutationVariables = Exact<{
  input: UpdateApiKeyInput;
}>;


export type UpdateApiKeyMutation = { readonly updateApiKey: ApiKeyFragment };

export type RevokeApiKeyMutationVariables = Exact<{
  input: RevokeApiKeyInput;
}>;


export type RevokeApiKeyMutation = { readonly revokeApiKey: ApiKeyFragment };

export type RotateApiKeyMutationVariables = Exact<{
  input: RotateApiKeyInput;
}>;


export type RotateApiKeyMutation = { readonly rotateApiKey: { readonly secret: string, readonly apiKey: ApiKeyFragment } };

export type FinishRotationMutationVariables = Exact<{
  input: ApiKeyReference;
}>;


export type FinishRotationMutation = { readonly finishRotation: ApiKeyFragment };

export type RevealApiKeyMutationVariables = Exact<{
  input: RevealApiKeyInput;
}>;


export type RevealApiKeyMutation = { readonly revealApiKey: { readonly secret: string, readonly apiKey: ApiKeyFragment } };

export type DisableApiKeyMutationVariables = Exact<{
  input: ApiKeyReference;
}>;


export type DisableApiKeyMutation = { readonly disableApiKey: ApiKeyFragment };

export type EnableApiKeyMutationVariables = Exact<{
  input: ApiKeyReference;
}>;


export type EnableApiKeyMutation = { readonly enableApiKey: ApiKeyFragment };

export type SurrenderSecretMutationVariables = Exact<{
  input: SurrenderSecretInput;
}>;


export type SurrenderSecretMutation = { readonly surrenderSecret: { readonly kind: LookedUpKind, readonly id: string, readonly lookupId: string, readonly status: LookedUpStatus, readonly revokedAt: string | null, readonly revokedBy: string | null, readonly revocationReason: string | null } };

export type LookupSecretQueryVariables = Exact<{
  secret: string;
}>;


export type LookupSecretQuery = { readonly lookupSecret: { readonly kind: LookedUpKind, readonly status: LookedUpStatus, readonly apiKey: (
      { readonly effectivePermissions: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: EffectivePermissionFragment }> } }
      & ApiKeyFragment
    ) | null, readonly token: (
      { readonly effectivePermissions: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: EffectivePermissionFragment }> } }
      & TokenFragment
    ) | null, readonly client: { readonly id: string, readonly clientId: string, readonly displayName: string, readonly status: ClientStatus } | null, readonly user: { readonly id: string, readonly userName: string } | null } };

export type CreateApiKeysMutationVariables = Exact<{
  input: CreateApiKeysInput;
}>;


export type CreateApiKeysMutation = { readonly createApiKeys: { readonly createdCount: number, readonly refusedCount: number, readonly results: ReadonlyArray<{ readonly index: number, readonly secret: string | null, readonly apiKey: ApiKeyFragment | null, readonly refused: RefusedFragment | null }> } };

export type RevokeApiKeysMutationVariables = Exact<{
  input: RevokeApiKeysInput;
}>;


export type RevokeApiKeysMutation = { readonly revokeApiKeys: { readonly revokedCount: number } };

export type DraftIntegrationTokenMutationVariables = Exact<{
  input: DraftIntegrationTokenInput;
}>;


export type DraftIntegrationTokenMutation = { readonly draftIntegrationToken: { readonly secret: string, readonly apiKey: ApiKeyFragment } };

export type ConfirmIntegrationTokenMutationVariables = Exact<{
  input: ApiKeyReference;
}>;


export type ConfirmIntegrationTokenMutation = { readonly confirmIntegrationToken: ApiKeyFragment };

export type ImportApiKeysMutationVariables = Exact<{
  input: ImportApiKeysInput;
}>;


export type ImportApiKeysMutation = { readonly importApiKeys: { readonly dryRun: boolean, readonly importedCount: number, readonly refusedCount: number, readonly results: ReadonlyArray<{ readonly index: number, readonly apiKey: ApiKeyFragment | null, readonly refused: RefusedFragment | null }> } };

export type ApiKeyChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ApiKeyChangedSubscription = { readonly apiKeyChanged: ApiKeyFragment };

export type UsageUpdatedSubscriptionVariables = Exact<{
  clientId: string;
}>;


export type UsageUpdatedSubscription = { readonly usageUpdated: { readonly minute: string, readonly calls: number, readonly allowed: number, readonly refused: number } };

export type NotificationFragment = { readonly id: string, readonly kind: string, readonly recipients: ReadonlyArray<string>, readonly subject: string, readonly body: string, readonly status: NotificationStatus, readonly attempts: number, readonly lastError: string | null, readonly createdAt: string, readonly sentAt: string | null };

export type NotificationsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  filter?: NotificationFilter | null | undefined;
}>;


export type NotificationsQuery = { readonly notifications: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: NotificationFragment }> } };

export type PageInfoFragment = { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null };

export type EffectivePermissionFragment = { readonly api: ApiFragment, readonly grantedBy: ReadonlyArray<GrantFragment> };

export type GrantFragment = { readonly kind: GrantKind, readonly id: string | null, readonly name: string | null, readonly groupName: string | null };

export type EffectivePermissionsQueryVariables = Exact<{
  clientId?: string | null | undefined;
  apiKeyId?: string | null | undefined;
  tokenId?: string | null | undefined;
  kind?: ApiKind | null | undefined;
  regionId?: string | null | undefined;
  collectionId?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type EffectivePermissionsQuery = { readonly effectivePermissions: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: EffectivePermissionFragment }> } };

export type ApiCallerFragment = { readonly status: ClientStatus, readonly apiKeyCount: number, readonly client: { readonly id: string, readonly clientId: string, readonly displayName: string }, readonly grantedBy: ReadonlyArray<GrantFragment>, readonly apiKeys: ReadonlyArray<{ readonly id: string, readonly name: string, readonly lookupId: string, readonly status: ApiKeyStatus, readonly expiresAt: string | null }> };

export type ApiCallersQueryVariables = Exact<{
  apiId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type ApiCallersQuery = { readonly apiCallers: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: ApiCallerFragment }> } };

export type AccessRecordFragment = { readonly id: string, readonly userName: string, readonly clientId: string, readonly maskedKey: string, readonly status: ApiKeyStatus, readonly lastAccessedAt: string, readonly apiKey: ApiKeyFragment };

export type PermissionsOfRecordFragment = { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: EffectivePermissionFragment }> };

export type TokensOfRecordFragment = { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: TokenFragment }> };

export type RecordsQueryVariables = Exact<{
  regionId?: string | null | undefined;
  collectionId?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  orderBy?: ApiKeyOrder | null | undefined;
  permissions?: number | null | undefined;
  tokens?: number | null | undefined;
  withTokens?: boolean;
}>;


export type RecordsQuery = { readonly records: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: (
        { readonly restPermissions: PermissionsOfRecordFragment, readonly soapPermissions: PermissionsOfRecordFragment, readonly tokens?: TokensOfRecordFragment }
        & AccessRecordFragment
      ) }> } };

export type ScopeFragment = { readonly id: string, readonly name: string, readonly description: string, readonly createdAt: string, readonly updatedAt: string, readonly groups: ReadonlyArray<{ readonly id: string, readonly name: string, readonly securityLevel: SecurityLevel }> };

export type ScopeQueryVariables = Exact<{
  id: string;
}>;


export type ScopeQuery = { readonly scope: ScopeFragment };

export type ScopesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  filter?: ScopeFilter | null | undefined;
}>;


export type ScopesQuery = { readonly scopes: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: ScopeFragment }> } };

export type CreateScopeMutationVariables = Exact<{
  input: CreateScopeInput;
}>;


export type CreateScopeMutation = { readonly createScope: ScopeFragment };

export type UpdateScopeMutationVariables = Exact<{
  input: UpdateScopeInput;
}>;


export type UpdateScopeMutation = { readonly updateScope: ScopeFragment };

export type DeleteScopeMutationVariables = Exact<{
  input: DeleteScopeInput;
}>;


export type DeleteScopeMutation = { readonly deleteScope: { readonly id: string, readonly name: string } };

export type SessionFragment = { readonly id: string, readonly userId: string | null, readonly clientId: string | null, readonly address: string | null, readonly current: boolean, readonly createdAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly lastAccessedAt: string, readonly lastAccessedFrom: string | null };

export type SessionsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: SessionFilter | null | undefined;
}>;


export type SessionsQuery = { readonly sessions: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: SessionFragment }> } };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { readonly signIn: { readonly token: string, readonly expiresAt: string, readonly actor: ActorFragment } };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { readonly signOut: boolean };

export type EndSessionMutationVariables = Exact<{
  input: EndSessionInput;
}>;


export type EndSessionMutation = { readonly endSession: SessionFragment };

export type ScheduledJobsQueryVariables = Exact<{ [key: string]: never; }>;


export type ScheduledJobsQuery = { readonly scheduledJobs: ReadonlyArray<{ readonly name: string, readonly nextRunAt: string, readonly lastRunAt: string | null, readonly lastError: string | null, readonly failures: number }> };

export type KeyRingQueryVariables = Exact<{ [key: string]: never; }>;


export type KeyRingQuery = { readonly keyRing: ReadonlyArray<{ readonly version: number, readonly current: boolean, readonly present: boolean, readonly knownSince: string, readonly keysInForce: number, readonly gatewayKeysInForce: number, readonly tokensInForce: number, readonly sealedSecrets: number, readonly sessions: number, readonly sealedLinks: number, readonly removable: boolean }> };

export type TokenSettingsFragment = { readonly grantTypes: ReadonlyArray<GrantType>, readonly accessTokenUses: number, readonly refreshTokenUses: number, readonly redirectUrls: ReadonlyArray<string>, readonly accessTokenValidity: { readonly amount: number, readonly unit: ValidityUnit }, readonly refreshTokenValidity: { readonly amount: number, readonly unit: ValidityUnit } };

export type TokenFragment = { readonly id: string, readonly familyId: string, readonly kind: TokenKind, readonly lookupId: string, readonly maskedToken: string, readonly status: TokenStatus, readonly grantType: GrantType, readonly clientId: string, readonly userName: string | null, readonly scopes: ReadonlyArray<string>, readonly ownGroups: boolean, readonly usesMax: number, readonly usesLeft: number | null, readonly saved: boolean, readonly createdAt: string, readonly expiresAt: string, readonly lastAccessedAt: string | null, readonly lastAccessedFrom: string | null, readonly revokedAt: string | null, readonly revokedBy: string | null, readonly revocationReason: string | null, readonly lastAccessedApi: { readonly id: string, readonly name: string } | null };

export type TokenQueryVariables = Exact<{
  id: string;
}>;


export type TokenQuery = { readonly token: TokenFragment };

export type TokensQueryVariables = Exact<{
  clientId?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  filter?: TokenFilter | null | undefined;
  orderBy?: TokenOrder | null | undefined;
}>;


export type TokensQuery = { readonly tokens: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: TokenFragment }> } };

export type GenerateTokenMutationVariables = Exact<{
  input: GenerateTokenInput;
}>;


export type GenerateTokenMutation = { readonly generateToken: { readonly secret: string, readonly refreshSecret: string | null, readonly token: TokenFragment } };

export type RevealTokenMutationVariables = Exact<{
  input: RevealTokenInput;
}>;


export type RevealTokenMutation = { readonly revealToken: { readonly secret: string, readonly refreshSecret: string | null, readonly token: TokenFragment } };

export type RevokeTokenMutationVariables = Exact<{
  input: RevokeTokenInput;
}>;


export type RevokeTokenMutation = { readonly revokeToken: TokenFragment };

export type RevokeTokensMutationVariables = Exact<{
  input: RevokeTokensInput;
}>;


export type RevokeTokensMutation = { readonly revokeTokens: { readonly revokedCount: number } };

export type UpdateTokenSettingsMutationVariables = Exact<{
  input: UpdateTokenSettingsInput;
}>;


export type UpdateTokenSettingsMutation = { readonly updateTokenSettings: TokenSettingsFragment };

export type UsageOfCodeFragment = { readonly code: VerdictCode, readonly calls: number };

export type UsageShareFragment = { readonly dimension: UsageDimension, readonly id: string | null, readonly name: string | null, readonly calls: number, readonly allowed: number, readonly refused: number };

export type UsageQueryVariables = Exact<{
  input: UsageInput;
  series?: boolean | null | undefined;
  first?: number | null | undefined;
  topClients?: boolean | null | undefined;
  topApiKeys?: boolean | null | undefined;
  topApis?: boolean | null | undefined;
  topCollections?: boolean | null | undefined;
  topRegions?: boolean | null | undefined;
}>;


export type UsageQuery = { readonly usage: { readonly from: string, readonly until: string, readonly step: UsageStep, readonly totals: { readonly calls: number, readonly allowed: number, readonly refused: number, readonly byCode: ReadonlyArray<UsageOfCodeFragment> }, readonly series?: ReadonlyArray<{ readonly at: string, readonly calls: number, readonly allowed: number, readonly refused: number, readonly byCode: ReadonlyArray<UsageOfCodeFragment> }>, readonly topClients?: ReadonlyArray<UsageShareFragment>, readonly topApiKeys?: ReadonlyArray<UsageShareFragment>, readonly topApis?: ReadonlyArray<UsageShareFragment>, readonly topCollections?: ReadonlyArray<UsageShareFragment>, readonly topRegions?: ReadonlyArray<UsageShareFragment> } };

export type RecentCallFragment = { readonly id: string, readonly at: string, readonly requestId: string, readonly transactionRef: string | null, readonly code: VerdictCode, readonly method: string | null, readonly path: string | null, readonly soapAction: string | null, readonly address: string | null, readonly nodeId: string, readonly client: { readonly id: string, readonly clientId: string, readonly displayName: string } | null, readonly apiKey: { readonly id: string, readonly name: string, readonly lookupId: string } | null, readonly api: { readonly id: string, readonly name: string, readonly kind: ApiKind } | null };

export type RecentCallsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  filter?: RecentCallFilter | null | undefined;
}>;


export type RecentCallsQuery = { readonly recentCalls: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: RecentCallFragment }> } };

export type QuotaUsageFragment = { readonly limit: number, readonly period: QuotaPeriod, readonly used: number, readonly remaining: number, readonly resetsAt: string | null, readonly exhaustedAt: string | null };

export type LimitsQueryVariables = Exact<{
  clientId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type LimitsQuery = { readonly limits: { readonly id: string, readonly tpsPerNode: number | null, readonly client: { readonly id: string, readonly clientId: string, readonly displayName: string }, readonly quota: QuotaUsageFragment | null, readonly apiKeys: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly apiKey: { readonly id: string, readonly name: string, readonly lookupId: string }, readonly quota: QuotaUsageFragment } }> } } };

export type ActorFragment = { readonly id: string, readonly kind: string, readonly name: string, readonly role: Role | null, readonly permissions: ReadonlyArray<string>, readonly passwordChangeRequired: boolean };

export type SignInPolicyFragment = { readonly threshold: number, readonly lock: SignInLock, readonly failedSignIns: number, readonly locked: boolean, readonly lockedUntil: string | null };

export type UserFragment = { readonly id: string, readonly userName: string, readonly email: string | null, readonly role: Role, readonly timeZone: string, readonly createdAt: string, readonly updatedAt: string, readonly signInPolicy: SignInPolicyFragment };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { readonly me: ActorFragment };

export type UserQueryVariables = Exact<{
  id: string;
}>;


export type UserQuery = { readonly user: UserFragment };

export type UsersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  filter?: UserFilter | null | undefined;
}>;


export type UsersQuery = { readonly users: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: UserFragment }> } };

export type CreateUserMutationVariables = Exact<{
  input: CreateUserInput;
}>;


export type CreateUserMutation = { readonly createUser: UserFragment };

export type UpdateUserMutationVariables = Exact<{
  input: UpdateUserInput;
}>;


export type UpdateUserMutation = { readonly updateUser: UserFragment };

export type DeleteUserMutationVariables = Exact<{
  input: DeleteUserInput;
}>;


export type DeleteUserMutation = { readonly deleteUser: UserFragment };

export type RequestPasswordResetMutationVariables = Exact<{
  input: RequestPasswordResetInput;
}>;


export type RequestPasswordResetMutation = { readonly requestPasswordReset: boolean };

export type ResetPasswordMutationVariables = Exact<{
  input: ResetPasswordInput;
}>;


export type ResetPasswordMutation = { readonly resetPassword: boolean };

export type VerdictFragment = { readonly valid: boolean, readonly code: VerdictCode, readonly message: string | null, readonly requestId: string, readonly retryAfterSeconds: number | null, readonly groups: ReadonlyArray<string> | null, readonly scopes: ReadonlyArray<string> | null, readonly metadata: Record<string, unknown> | null, readonly credential: { readonly id: string, readonly kind: string, readonly name: string, readonly lookupId: string, readonly expiresAt: string | null } | null, readonly client: { readonly id: string, readonly clientId: string, readonly displayName: string, readonly priority: number } | null, readonly user: { readonly id: string, readonly userName: string } | null, readonly api: { readonly id: string, readonly name: string, readonly kind: string } | null, readonly rateLimit: { readonly limit: number, readonly remaining: number, readonly resetSeconds: number } | null, readonly quota: { readonly limit: number, readonly remaining: number, readonly resetsAt: string | null } | null };

export type VerifyCredentialMutationVariables = Exact<{
  input: VerifyCredentialInput;
}>;


export type VerifyCredentialMutation = { readonly verifyCredential: VerdictFragment };

export type ExplainVerificationQueryVariables = Exact<{
  input: ExplainVerificationInput;
}>;


export type ExplainVerificationQuery = { readonly explainVerification: { readonly verdict: VerdictFragment, readonly checks: ReadonlyArray<{ readonly name: string, readonly outcome: CheckOutcome, readonly code: VerdictCode | null, readonly message: string | null }> } };

export type WebhookFragment = { readonly id: string, readonly url: string, readonly description: string, readonly events: ReadonlyArray<WebhookEvent>, readonly enabled: boolean, readonly previousEndsAt: string | null, readonly createdAt: string, readonly createdBy: string, readonly updatedAt: string };

export type WebhookDeliveryFragment = { readonly id: string, readonly webhookId: string, readonly event: string, readonly body: string, readonly status: WebhookDeliveryStatus, readonly attempts: number, readonly lastAttemptAt: string | null, readonly answerStatus: number | null, readonly lastError: string | null, readonly nextAttemptAt: string, readonly createdAt: string, readonly deliveredAt: string | null };

export type WebhookQueryVariables = Exact<{
  id: string;
}>;


export type WebhookQuery = { readonly webhook: WebhookFragment };

export type WebhooksQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  filter?: WebhookFilter | null | undefined;
  orderBy?: WebhookOrder | null | undefined;
}>;


export type WebhooksQuery = { readonly webhooks: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: WebhookFragment }> } };

export type WebhookDeliveriesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: WebhookDeliveryFilter | null | undefined;
}>;


export type WebhookDeliveriesQuery = { readonly webhookDeliveries: { readonly totalCount: number, readonly pageInfo: PageInfoFragment, readonly edges: ReadonlyArray<{ readonly node: WebhookDeliveryFragment }> } };

export type CreateWebhookMutationVariables = Exact<{
  input: CreateWebhookInput;
}>;


export type CreateWebhookMutation = { readonly createWebhook: { readonly secret: string, readonly webhook: WebhookFragment } };

export type UpdateWebhookMutationVariables = Exact<{
  input: UpdateWebhookInput;
}>;


export type UpdateWebhookMutation = { readonly updateWebhook: WebhookFragment };

export type DeleteWebhookMutationVariables = Exact<{
  input: DeleteWebhookInput;
}>;


export type DeleteWebhookMutation = { readonly deleteWebhook: WebhookFragment };

export type RotateWebhookSecretMutationVariables = Exact<{
  input: RotateWebhookSecretInput;
}>;


export type RotateWebhookSecretMutation = { readonly rotateWebhookSecret: { readonly secret: string, readonly webhook: WebhookFragment } };

export type TestWebhookMutationVariables = Exact<{
  input: TestWebhookInput;
}>;


export type TestWebhookMutation = { readonly testWebhook: WebhookDeliveryFragment };
