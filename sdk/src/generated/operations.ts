// Made from the schema and schema/operations by `npm run generate`. Not for editing.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { Document } from "../document.js";
export const AuditEventsDocument = "query AuditEvents($first:Int$after:String$last:Int$before:String$search:String$filter:AuditEventFilter){auditEvents(first:$first after:$after last:$last before:$before search:$search filter:$filter){totalCount pageInfo{...PageInfo}edges{node{...AuditEvent}}}}fragment PageInfo on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}fragment AuditEvent on AuditEvent{id at event actorKind actorId actorName actorRole apiKeyId address requestId transactionRef targetKind targetId reason before after}" as Document<AuditEventsQuery, AuditEventsQueryVariables>;

export const RegionDocument = "query Region($id:ID!){region(id:$id){...Region}}fragment Region on Region{id code name createdAt updatedAt}" as Document<RegionQuery, RegionQueryVariables>;

export const RegionsDocument = "query Regions($first:Int$after:String$last:Int$before:String$search:String){regions(first:$first after:$after last:$last before:$before search:$search){totalCount pageInfo{...PageInfo}edges{node{...Region}}}}fragment PageInfo on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}fragment Region on Region{id code name createdAt updatedAt}" as Document<RegionsQuery, RegionsQueryVariables>;

export const CollectionDocument = "query Collection($id:ID!){collection(id:$id){...Collection}}fragment Collection on Collection{id regionId name serverName baseUrl createdAt updatedAt}" as Document<CollectionQuery, CollectionQueryVariables>;

export const CollectionsDocument = "query Collections($first:Int$after:String$last:Int$before:String$search:String$regionId:ID){collections(first:$first after:$after last:$last before:$before search:$search regionId:$regionId){totalCount pageInfo{...PageInfo}edges{node{...Collection}}}}fragment PageInfo on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}fragment Collection on Collection{id regionId name serverName baseUrl createdAt updatedAt}" as Document<CollectionsQuery, CollectionsQueryVariables>;

export const ApiDocument = "query Api($id:ID!){api(id:$id){...Api}}fragment Api on Api{id collectionId kind name description method path status audience openToAll createdAt updatedAt}" as Document<ApiQuery, ApiQueryVariables>;

export const ApisDocument = "query Apis($first:Int$after:String$last:Int$before:String$search:String$kind:ApiKind$collectionId:ID$filter:ApiFilter){apis(first:$first after:$after last:$last before:$before search:$search kind:$kind collectionId:$collectionId filter:$filter){totalCount pageInfo{...PageInfo}edges{node{...Api}}}}fragment PageInfo on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}fragment Api on Api{id collectionId kind name description method path status audience openToAll createdAt updatedAt}" as Document<ApisQuery, ApisQueryVariables>;

export const CreateRegionDocument = "mutation CreateRegion($input:CreateRegionInput!){createRegion(input:$input){...Region}}fragment Region on Region{id code name createdAt updatedAt}" as Document<CreateRegionMutation, CreateRegionMutationVariables>;

export const CreateCollectionDocument = "mutation CreateCollection($input:CreateCollectionInput!){createCollection(input:$input){...Collection}}fragment Collection on Collection{id regionId name serverName baseUrl createdAt updatedAt}" as Document<CreateCollectionMutation, CreateCollectionMutationVariables>;

export const CreateApiDocument = "mutation CreateApi($input:CreateApiInput!){createApi(input:$input){...Api}}fragment Api on Api{id collectionId kind name description method path status audience openToAll createdAt updatedAt}" as Document<CreateApiMutation, CreateApiMutationVariables>;

export const ClientDocument = "query Client($id:ID$clientId:String){client(id:$id clientId:$clientId){...ClientWithGroups}}fragment ClientWithGroups on Client{...Client groups{id name securityLevel}}fragment Client on Client{id clientId name displayName note status securityLevel timeZone applicationNumber hostBindings{name match}startsAt expiresAt serviceTime{timeZone windows{days opens closes}}quota{limit period}tpsPerNode priority audience emails remark region{id code name}tags metadata system createdAt createdBy updatedAt}" as Document<ClientQuery, ClientQueryVariables>;

export const ClientsDocument = "query Clients($first:Int$after:String$last:Int$before:String$search:String$filter:ClientFilter$orderBy:ClientOrder){clients(first:$first after:$after last:$last before:$before search:$search filter:$filter orderBy:$orderBy){totalCount pageInfo{...PageInfo}edges{node{...ClientWithGroups}}}}fragment PageInfo on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}fragment ClientWithGroups on Client{...Client groups{id name securityLevel}}fragment Client on Client{id clientId name displayName note status securityLevel timeZone applicationNumber hostBindings{name match}startsAt expiresAt serviceTime{timeZone windows{days opens closes}}quota{limit period}tpsPerNode priority audience emails remark region{id code name}tags metadata system createdAt createdBy updatedAt}" as Document<ClientsQuery, ClientsQueryVariables>;

export const CreateClientDocument = "mutation CreateClient($input:CreateClientInput!){createClient(input:$input){...ClientWithGroups}}fragment ClientWithGroups on Client{...Client groups{id name securityLevel}}fragment Client on Client{id clientId name displayName note status securityLevel timeZone applicationNumber hostBindings{name match}startsAt expiresAt serviceTime{timeZone windows{days opens closes}}quota{limit period}tpsPerNode priority audience emails remark region{id code name}tags metadata system createdAt createdBy updatedAt}" as Document<CreateClientMutation, CreateClientMutationVariables>;

export const UpdateClientDocument = "mutation UpdateClient($input:UpdateClientInput!){updateClient(input:$input){...ClientWithGroups}}fragment ClientWithGroups on Client{...Client groups{id name securityLevel}}fragment Client on Client{id clientId name displayName note status securityLevel timeZone applicationNumber hostBindings{name match}startsAt expiresAt serviceTime{timeZone windows{days opens closes}}quota{limit period}tpsPerNode priority audience emails remark region{id code name}tags metadata system createdAt createdBy updatedAt}" as Document<UpdateClientMutation, UpdateClientMutationVariables>;

export const SetClientStatusDocument = "mutation SetClientStatus($input:SetClientStatusInput!){setClientStatus(input:$input){...ClientWithGroups}}fragment ClientWithGroups on Client{...Client groups{id name securityLevel}}fragment Client on Client{id clientId name displayName note status securityLevel timeZone applicationNumber hostBindings{name match}startsAt expiresAt serviceTime{timeZone windows{days opens closes}}quota{limit period}tpsPerNode priority audience emails remark region{id code name}tags metadata system createdAt createdBy updatedAt}" as Document<SetClientStatusMutation, SetClientStatusMutationVariables>;

export const AddClientGroupsDocument = "mutation AddClientGroups($input:ClientGroupsInput!){addClientGroups(input:$input){...ClientWithGroups}}fragment ClientWithGroups on Client{...Client groups{id name securityLevel}}fragment Client on Client{id clientId name displayName note status securityLevel timeZone applicationNumber hostBindings{name match}startsAt expiresAt serviceTime{timeZone windows{days opens closes}}quota{limit period}tpsPerNode priority audience emails remark region{id code name}tags metadata system createdAt createdBy updatedAt}" as Document<AddClientGroupsMutation, AddClientGroupsMutationVariables>;

export const RemoveClientGroupsDocument = "mutation RemoveClientGroups($input:ClientGroupsInput!){removeClientGroups(input:$input){...ClientWithGroups}}fragment ClientWithGroups on Client{...Client groups{id name securityLevel}}fragment Client on Client{id clientId name displayName note status securityLevel timeZone applicationNumber hostBindings{name match}startsAt expiresAt serviceTime{timeZone windows{days opens closes}}quota{limit period}tpsPerNode priority audience emails remark region{id code name}tags metadata system createdAt createdBy updatedAt}" as Document<RemoveClientGroupsMutation, RemoveClientGroupsMutationVariables>;

export const DeleteClientDocument = "mutation DeleteClient($input:DeleteClientInput!){deleteClient(input:$input){...Client}}fragment Client on Client{id clientId name displayName note status securityLevel timeZone applicationNumber hostBindings{name match}startsAt expiresAt serviceTime{timeZone windows{days opens closes}}quota{limit period}tpsPerNode priority audience emails remark region{id code name}tags metadata system createdAt createdBy updatedAt}" as Document<DeleteClientMutation, DeleteClientMutationVariables>;

export const AuthorityGroupDocument = "query AuthorityGroup($id:ID!){authorityGroup(id:$id){...AuthorityGroup apis{...Api}}}fragment AuthorityGroup on AuthorityGroup{id name description securityLevel createdAt updatedAt}fragment Api on Api{id collectionId kind name description method path status audience openToAll createdAt updatedAt}" as Document<AuthorityGroupQuery, AuthorityGroupQueryVariables>;

export const AuthorityGroupsDocument = "query AuthorityGroups($first:Int$after:String$last:Int$before:String$search:String$filter:AuthorityGroupFilter){authorityGroups(first:$first after:$after last:$last before:$before search:$search filter:$filter){totalCount pageInfo{...PageInfo}edges{node{...AuthorityGroup}}}}fragment PageInfo on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}fragment AuthorityGroup on AuthorityGroup{id name description securityLevel createdAt updatedAt}" as Document<AuthorityGroupsQuery, AuthorityGroupsQueryVariables>;

export const CreateAuthorityGroupDocument = "mutation CreateAuthorityGroup($input:CreateAuthorityGroupInput!){createAuthorityGroup(input:$input){...AuthorityGroup}}fragment AuthorityGroup on AuthorityGroup{id name description securityLevel createdAt updatedAt}" as Document<CreateAuthorityGroupMutation, CreateAuthorityGroupMutationVariables>;

export const ApiKeyDocument = "query ApiKey($id:ID!){apiKey(id:$id){...ApiKey}}fragment ApiKey on ApiKey{id name description lookupId status owner{id kind name}groups{id name}permissions tags metadata effectiveAt expiresAt createdAt createdBy lastAccessedAt lastAccessedFrom revokedAt revokedBy revocationReason}" as Document<ApiKeyQuery, ApiKeyQueryVariables>;

export const ApiKeysDocument = "query ApiKeys($first:Int$after:String$last:Int$before:String$search:String$filter:ApiKeyFilter$orderBy:ApiKeyOrder){apiKeys(first:$first after:$after last:$last before:$before search:$search filter:$filter orderBy:$orderBy){totalCount pageInfo{...PageInfo}edges{node{...ApiKey}}}}fragment PageInfo on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}fragment ApiKey on ApiKey{id name description lookupId status owner{id kind name}groups{id name}permissions tags metadata effectiveAt expiresAt createdAt createdBy lastAccessedAt lastAccessedFrom revokedAt revokedBy revocationReason}" as Document<ApiKeysQuery, ApiKeysQueryVariables>;

export const CreateApiKeyDocument = "mutation CreateApiKey($input:CreateApiKeyInput!){createApiKey(input:$input){apiKey{...ApiKey}secret}}fragment ApiKey on ApiKey{id name description lookupId status owner{id kind name}groups{id name}permissions tags metadata effectiveAt expiresAt createdAt createdBy lastAccessedAt lastAccessedFrom revokedAt revokedBy revocationReason}" as Document<CreateApiKeyMutation, CreateApiKeyMutationVariables>;

export const RevokeApiKeyDocument = "mutation RevokeApiKey($input:RevokeApiKeyInput!){revokeApiKey(input:$input){...ApiKey}}fragment ApiKey on ApiKey{id name description lookupId status owner{id kind name}groups{id name}permissions tags metadata effectiveAt expiresAt createdAt createdBy lastAccessedAt lastAccessedFrom revokedAt revokedBy revocationReason}" as Document<RevokeApiKeyMutation, RevokeApiKeyMutationVariables>;

export const DisableApiKeyDocument = "mutation DisableApiKey($input:ApiKeyReference!){disableApiKey(input:$input){...ApiKey}}fragment ApiKey on ApiKey{id name description lookupId status owner{id kind name}groups{id name}permissions tags metadata effectiveAt expiresAt createdAt createdBy lastAccessedAt lastAccessedFrom revokedAt revokedBy revocationReason}" as Document<DisableApiKeyMutation, DisableApiKeyMutationVariables>;

export const EnableApiKeyDocument = "mutation EnableApiKey($input:ApiKeyReference!){enableApiKey(input:$input){...ApiKey}}fragment ApiKey on ApiKey{id name description lookupId status owner{id kind name}groups{id name}permissions tags metadata effectiveAt expiresAt createdAt createdBy lastAccessedAt lastAccessedFrom revokedAt revokedBy revocationReason}" as Document<EnableApiKeyMutation, EnableApiKeyMutationVariables>;

export const SurrenderSecretDocument = "mutation SurrenderSecret($input:SurrenderSecretInput!){surrenderSecret(input:$input){...ApiKey}}fragment ApiKey on ApiKey{id name description lookupId status owner{id kind name}groups{id name}permissions tags metadata effectiveAt expiresAt createdAt createdBy lastAccessedAt lastAccessedFrom revokedAt revokedBy revocationReason}" as Document<SurrenderSecretMutation, SurrenderSecretMutationVariables>;

export const MeDocument = "query Me{me{...Actor}}fragment Actor on SignedInActor{id kind name role permissions}" as Document<MeQuery, MeQueryVariables>;

export const UserDocument = "query User($id:ID!){user(id:$id){...User}}fragment User on User{id userName role timeZone createdAt updatedAt}" as Document<UserQuery, UserQueryVariables>;

export const UsersDocument = "query Users($first:Int$after:String$last:Int$before:String$search:String$filter:UserFilter){users(first:$first after:$after last:$last before:$before search:$search filter:$filter){totalCount pageInfo{...PageInfo}edges{node{...User}}}}fragment PageInfo on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}fragment User on User{id userName role timeZone createdAt updatedAt}" as Document<UsersQuery, UsersQueryVariables>;

export const SignInDocument = "mutation SignIn($input:SignInInput!){signIn(input:$input){token expiresAt actor{...Actor}}}fragment Actor on SignedInActor{id kind name role permissions}" as Document<SignInMutation, SignInMutationVariables>;

export const SignOutDocument = "mutation SignOut{signOut}" as Document<SignOutMutation, SignOutMutationVariables>;

export const CreateUserDocument = "mutation CreateUser($input:CreateUserInput!){createUser(input:$input){...User}}fragment User on User{id userName role timeZone createdAt updatedAt}" as Document<CreateUserMutation, CreateUserMutationVariables>;

export const VerifyCredentialDocument = "mutation VerifyCredential($input:VerifyCredentialInput!){verifyCredential(input:$input){valid code message requestId retryAfterSeconds credential{id kind name lookupId expiresAt}client{id clientId displayName priority}user{id userName}groups scopes api{id name kind}metadata}}" as Document<VerifyCredentialMutation, VerifyCredentialMutationVariables>;
/** All given conditions hold together. */
export type ApiFilter = {
  method?: HttpMethod | null | undefined;
  status?: ApiStatus | null | undefined;
};

/** All given conditions hold together. */
export type ApiKeyFilter = {
  /** Keys of this client, by `id` or client id. 1 to 50 of A-Z a-z 0-9 _ -. */
  clientId?: string | null | undefined;
  /** Keys in force that expire before this instant. */
  expiringBefore?: string | null | undefined;
  /** Keys that hold this authority group. */
  groupId?: string | null | undefined;
  /** Default: all. */
  status?: ApiKeyStatus | null | undefined;
  /** Keys with this tag. */
  tag?: string | null | undefined;
  /** Keys not used since this instant. */
  unusedSince?: string | null | undefined;
  /** Keys of this user. */
  userId?: string | null | undefined;
};

export type ApiKeyOrder = {
  direction?: OrderDirection;
  field: ApiKeyOrderField;
};

export type ApiKeyOrderField =
  | 'CREATED_AT'
  | 'EFFECTIVE_AT'
  | 'EXPIRES_AT'
  | 'LAST_ACCESSED_AT'
  | 'NAME';

export type ApiKeyReference = {
  /** The key. */
  id: string;
};

/** Derived from the key's dates at the moment of asking, so it is never out of date. */
export type ApiKeyStatus =
  /** In force. */
  | 'ACTIVE'
  /** Switched off; it can be enabled again. */
  | 'DISABLED'
  /** Its expiry date has passed. */
  | 'EXPIRED'
  /** Ended by somebody, for good. */
  | 'REVOKED'
  /** Its effective date is still to come. */
  | 'SCHEDULED';

/** REST: a method and a path template. */
export type ApiKind =
  | 'REST';

/** A delisted API is unknown to verification: calls of it are refused. */
export type ApiStatus =
  | 'DELISTED'
  | 'LISTED';

/** Whom an API is offered to. */
export type Audience =
  | 'EXTERNAL'
  | 'INTERNAL'
  | 'INTERNAL_AND_EXTERNAL';

/** All given conditions hold together. */
export type AuditEventFilter = {
  /** Events of this user or client. */
  actorId?: string | null | undefined;
  /** Events of this kind, such as `apiKey.revoked`. */
  event?: string | null | undefined;
  /** Events about this thing. */
  targetId?: string | null | undefined;
};

/** All given conditions hold together. */
export type AuthorityGroupFilter = {
  securityLevel?: SecurityLevel | null | undefined;
};

/** The call that the credential came with. */
export type CalledApiInput = {
  /** Id or `<region code>/<collection name>`; left out, all collections are searched. 1 to 200 characters. */
  collection?: string | null | undefined;
  /** The call's HTTP method, in upper case. 1 to 16 characters. */
  method: string;
  /** The call's path; a query after it is ignored. 1 to 8192 characters. */
  path: string;
};

/** All given conditions hold together. */
export type ClientFilter = {
  audience?: Audience | null | undefined;
  /** Holders of this authority group. */
  groupId?: string | null | undefined;
  /** Those that belong to this region. */
  regionId?: string | null | undefined;
  securityLevel?: SecurityLevel | null | undefined;
  /** Default: all. */
  status?: ClientStatus | null | undefined;
  /** Those with this tag. */
  tag?: string | null | undefined;
};

export type ClientGroupsInput = {
  /** The client's `id` or its client id. 1 to 50 of A-Z a-z 0-9 _ -. */
  clientId: string;
  /** Authority groups. 1 to 100 ids. */
  groupIds: Array<string>;
};

export type ClientOrder = {
  direction?: OrderDirection;
  field: ClientOrderField;
};

export type ClientOrderField =
  | 'CLIENT_ID'
  | 'CREATED_AT'
  | 'DISPLAY_NAME'
  | 'NAME';

/** Only an enabled client may sign in, and only its credentials are allowed. */
export type ClientStatus =
  | 'DISABLED'
  | 'ENABLED'
  | 'LOCKED';

export type CreateApiInput = {
  /** Default INTERNAL_AND_EXTERNAL. */
  audience?: Audience | null | undefined;
  /** The collection that it belongs to. */
  collectionId: string;
  /** For people. 0 to 2000 characters. */
  description?: string | null | undefined;
  /** REST. */
  kind: ApiKind;
  /** The method that it is called with. */
  method: HttpMethod;
  /** What the operation is called. 1 to 100 characters. */
  name: string;
  /** Whether every valid credential may call it, with or without a group. Default false. */
  openToAll?: boolean | null | undefined;
  /** Path template: segments of plain text or whole parameters, such as `/orders/{id}`. Unique by shape for its method. 1 to 500 characters. */
  path: string;
  /** Default LISTED. */
  status?: ApiStatus | null | undefined;
};

export type CreateApiKeyInput = {
  /** The client to own it, by `id` or client id. Not together with `userId`. 1 to 50 of A-Z a-z 0-9 _ -. */
  clientId?: string | null | undefined;
  /** For people. 0 to 2000 characters. */
  description?: string | null | undefined;
  /** From when on it is allowed; a day counts from its first instant. Default now. */
  effectiveAt?: string | null | undefined;
  /** From when on it is refused; a day counts to its last instant. Required for a client's key. */
  expiresAt?: string | null | undefined;
  /** Authority groups out of its client's; at least one for a client's key, none for a user's. 0 to 100 ids. */
  groupIds?: Array<string> | null | undefined;
  /** Passed on with every verdict about this key. Up to 4096 characters of JSON. No secrets: gateways see it. */
  metadata?: Record<string, unknown> | null | undefined;
  /** Unique among the owner's keys in force, in upper and lower case. 1 to 100 characters. */
  name: string;
  /** Narrows a user's key to these management permissions; left out, it may all that its creator may. Known: users:read, users:write, clients:read, clients:write, catalogue:read, catalogue:write, groups:read, groups:write, keys:read, keys:write, verdicts:ask, audit:read. Up to 12, each of 1 to 50 characters. */
  scopes?: Array<string> | null | undefined;
  /** To find it by. Up to 20, each of 1 to 50 characters. */
  tags?: Array<string> | null | undefined;
  /** The user to own it; left out together with `clientId`: the caller. */
  userId?: string | null | undefined;
};

export type CreateAuthorityGroupInput = {
  /** The APIs that it grants. 1 to 1000 ids. */
  apiIds: Array<string>;
  /** For people. 0 to 2000 characters. */
  description?: string | null | undefined;
  /** Unique. 1 to 100 characters. */
  name: string;
  /** Clients of this level and of higher ones may hold it. Default C. */
  securityLevel?: SecurityLevel | null | undefined;
};

export type CreateClientInput = {
  /** The number under which the client was applied for. 1 to 50 characters. */
  applicationNumber?: string | null | undefined;
  /** Which APIs of the catalogue it is offered. Default INTERNAL_AND_EXTERNAL. */
  audience?: Audience | null | undefined;
  /** The public identifier, unique and never given twice; generated when left out. 1 to 50 of A-Z a-z 0-9 _ -. */
  clientId?: string | null | undefined;
  /** The name for people. Unique. 1 to 100 characters. */
  displayName: string;
  /** Where mails about it go: up to 200 different e-mail addresses. */
  emails?: Array<string> | null | undefined;
  /** From when on its credentials are refused; a day counts to its last instant. Null: never. */
  expiresAt?: string | null | undefined;
  /** The authority groups that it holds from the start. 0 to 100 ids. */
  groupIds?: Array<string> | null | undefined;
  /** From where its credentials are allowed; empty: from anywhere. Up to 100. */
  hostBindings?: Array<HostBindingInput> | null | undefined;
  /** For your own systems. Up to 4096 characters of JSON. */
  metadata?: Record<string, unknown> | null | undefined;
  /** Unique. 1 to 50 of A-Z a-z 0-9 _ -. */
  name: string;
  /** What the client is for. 1 to 2000 characters. */
  note: string;
  /** To sign in with; left out, it cannot sign in. At least 8 characters, 5 different ones, without the client's names. 1 to 128 characters. */
  password?: string | null | undefined;
  /** The password again. Needed with `password`. 1 to 128 characters. */
  passwordConfirmation?: string | null | undefined;
  /** 0 is the highest. Default 5. 0 to 9. */
  priority?: number | null | undefined;
  /** Calls allowed in a period; kept, not metered yet. Null: without limit. */
  quota?: QuotaInput | null | undefined;
  /** The region that it belongs to. */
  regionId?: string | null | undefined;
  /** For people. 1 to 2000 characters. */
  remark?: string | null | undefined;
  /** The highest level of groups that it may hold. Default C. */
  securityLevel?: SecurityLevel | null | undefined;
  /** When its credentials are allowed. Null: always. */
  serviceTime?: ServiceTimeInput | null | undefined;
  /** From when on its credentials are allowed; a day counts from its first instant. Null: from ever. */
  startsAt?: string | null | undefined;
  /** Default ENABLED. */
  status?: ClientStatus | null | undefined;
  /** To find it by. Up to 20, each of 1 to 50 characters. */
  tags?: Array<string> | null | undefined;
  /** IANA time zone, such as `Europe/Berlin`, in which its days are read. Default: that of `serviceTime`, else `UTC`. 1 to 64 characters. */
  timeZone?: string | null | undefined;
  /** Transactions per second on each node; 0: without limit. Kept, not metered yet. Default 10. 0 to 1000000. */
  tpsPerNode?: number | null | undefined;
};

export type CreateCollectionInput = {
  /** Absolute http or https URL that its paths follow. 1 to 2000 characters. */
  baseUrl: string;
  /** Unique in its region. 1 to 100 characters. */
  name: string;
  /** The region that it belongs to. */
  regionId: string;
  /** The server that offers its APIs. 1 to 253 characters. */
  serverName: string;
};

export type CreateRegionInput = {
  /** Unique. 1 to 50 of A-Z a-z 0-9 _ -. */
  code: string;
  /** Unique. 1 to 100 characters. */
  name: string;
};

export type CreateUserInput = {
  /** At least 8 characters, 5 different ones, without the user name. 1 to 128 characters. */
  password: string;
  /** What the user may do. */
  role: Role;
  /** IANA time zone, such as `Europe/Berlin`; default `UTC`. 1 to 64 characters. */
  timeZone?: string | null | undefined;
  /** The name to sign in with, unique in upper and lower case. 1 to 50 characters. */
  userName: string;
};

export type DeleteClientInput = {
  /** Must be true. Without it the answer says what would go with the client. */
  confirm?: boolean | null | undefined;
  /** The client's `id` or its client id. 1 to 50 of A-Z a-z 0-9 _ -. */
  id: string;
};

/** An address, or more, from which a client's credentials are allowed. */
export type HostBindingInput = {
  /** An IPv4 or IPv6 address, a network such as `10.0.0.0/8` or `2001:db8::/32`, or a host name. IPv4 mapped into IPv6 counts as the IPv4. A host name stands for what it resolves to, looked up every half minute; one that does not resolve stands for nothing. 1 to 253 characters. */
  match: string;
  /** For people; unique within the client, in upper and lower case. 1 to 100 characters. */
  name: string;
};

export type HttpMethod =
  | 'DELETE'
  | 'GET'
  | 'HEAD'
  | 'OPTIONS'
  | 'PATCH'
  | 'POST'
  | 'PUT';

export type OrderDirection =
  | 'ASC'
  | 'DESC';

/** How many calls are allowed in a period. */
export type QuotaInput = {
  /** Calls in a period. 1 to 2000000000. */
  limit: number;
  /** Default DAY. */
  period?: QuotaPeriod | null | undefined;
};

/** In which so many calls are allowed. Days, weeks and months are those of the owner's time zone. */
export type QuotaPeriod =
  | 'DAY'
  | 'MONTH'
  /** Ever. */
  | 'TOTAL'
  | 'WEEK';

export type RevokeApiKeyInput = {
  /** The key. */
  id: string;
  /** Why; it stays with the key. 1 to 500 characters. */
  reason?: string | null | undefined;
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

/** A is the highest. A client may hold groups of its own level and of lower ones. */
export type SecurityLevel =
  | 'A'
  | 'B'
  | 'C';

/** When a client's credentials are allowed. */
export type ServiceTimeInput = {
  /** IANA time zone of the windows. Default: the client's. 1 to 64 characters. */
  timeZone?: string | null | undefined;
  /** 1 to 50, which must not overlap. */
  windows: Array<ServiceWindowInput>;
};

/** Open on each of the days, from one time to another by the clock of the zone. */
export type ServiceWindowInput = {
  /** `HH:MM`, from 00:00 to 24:00; itself no longer open. Before `opens`: on the next day. */
  closes: string;
  /** On which it opens: 1 to 7 different days. */
  days: Array<Weekday>;
  /** `HH:MM`, from 00:00 to 23:59. */
  opens: string;
};

export type SetClientStatusInput = {
  /** The client's `id` or its client id. 1 to 50 of A-Z a-z 0-9 _ -. */
  clientId: string;
  /** Only an enabled client's credentials are allowed. */
  status: ClientStatus;
};

export type SignInInput = {
  /** A user's name or a client's client id. 1 to 100 characters. */
  name: string;
  /** The password. 1 to 128 characters. */
  password: string;
};

export type SurrenderSecretInput = {
  /** Why; it stays with the key. 1 to 500 characters. */
  reason?: string | null | undefined;
  /** The full text of the key to give up. 1 to 200 characters. */
  secret: string;
};

/** Fields left out stay as they are; null clears those that take it. */
export type UpdateClientInput = {
  /** The number under which the client was applied for. 1 to 50 characters. */
  applicationNumber?: string | null | undefined;
  /** Which APIs of the catalogue it is offered. Default INTERNAL_AND_EXTERNAL. */
  audience?: Audience | null | undefined;
  /** The name for people. Unique. 1 to 100 characters. */
  displayName?: string | null | undefined;
  /** Where mails about it go: up to 200 different e-mail addresses. */
  emails?: Array<string> | null | undefined;
  /** From when on its credentials are refused; a day counts to its last instant. Null: never. */
  expiresAt?: string | null | undefined;
  /** From where its credentials are allowed; empty: from anywhere. Up to 100. */
  hostBindings?: Array<HostBindingInput> | null | undefined;
  /** The client's `id` or its client id. 1 to 50 of A-Z a-z 0-9 _ -. */
  id: string;
  /** For your own systems. Up to 4096 characters of JSON. */
  metadata?: Record<string, unknown> | null | undefined;
  /** Unique. 1 to 50 of A-Z a-z 0-9 _ -. */
  name?: string | null | undefined;
  /** What the client is for. 1 to 2000 characters. */
  note?: string | null | undefined;
  /** 0 is the highest. Default 5. 0 to 9. */
  priority?: number | null | undefined;
  /** Calls allowed in a period; kept, not metered yet. Null: without limit. */
  quota?: QuotaInput | null | undefined;
  /** The region that it belongs to. */
  regionId?: string | null | undefined;
  /** For people. 1 to 2000 characters. */
  remark?: string | null | undefined;
  /** When its credentials are allowed. Null: always. */
  serviceTime?: ServiceTimeInput | null | undefined;
  /** From when on its credentials are allowed; a day counts from its first instant. Null: from ever. */
  startsAt?: string | null | undefined;
  /** Default ENABLED. */
  status?: ClientStatus | null | undefined;
  /** To find it by. Up to 20, each of 1 to 50 characters. */
  tags?: Array<string> | null | undefined;
  /** IANA time zone in which days are read from now on; dates and service time that are set stay as they are. 1 to 64 characters. */
  timeZone?: string | null | undefined;
  /** Transactions per second on each node; 0: without limit. Kept, not metered yet. Default 10. 0 to 1000000. */
  tpsPerNode?: number | null | undefined;
};

/** All given conditions hold together. */
export type UserFilter = {
  role?: Role | null | undefined;
};

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
  /** The credential was revoked. HTTP 401. */
  | 'REVOKED'
  /** The credential lacks a scope that this call demands. HTTP 403. */
  | 'SCOPE_DENIED'
  /** No verdict could be reached just now. Ask again. HTTP 503. */
  | 'UNDECIDED'
  /** Allowed. */
  | 'VALID';

export type VerifyCredentialInput = {
  /** The caller's IP address, kept with the credential's last access. A client with host bindings is refused without it. 1 to 45 characters. */
  address?: string | null | undefined;
  /** Left out together with `groups` and `scopes`, only the credential and its owner are judged. */
  api?: CalledApiInput | null | undefined;
  /** The full text of the credential. 0 to 1000 characters. */
  credential: string;
  /** Groups that must all be held, by name or id. Up to 100, each of 1 to 100 characters. */
  groups?: Array<string> | null | undefined;
  /** Scopes that must all be held. Up to 100, each of 1 to 100 characters. */
  scopes?: Array<string> | null | undefined;
};

export type Weekday =
  | 'FRIDAY'
  | 'MONDAY'
  | 'SATURDAY'
  | 'SUNDAY'
  | 'THURSDAY'
  | 'TUESDAY'
  | 'WEDNESDAY';

export type AuditEventFragment = { id: string, at: string, event: string, actorKind: string, actorId: string, actorName: string, actorRole: string | null, apiKeyId: string | null, address: string | null, requestId: string, transactionRef: string | null, targetKind: string, targetId: string, reason: string | null, before: Record<string, unknown> | null, after: Record<string, unknown> | null };

export type AuditEventsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  filter?: AuditEventFilter | null | undefined;
}>;


export type AuditEventsQuery = { auditEvents: { totalCount: number, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ node: { id: string, at: string, event: string, actorKind: string, actorId: string, actorName: string, actorRole: string | null, apiKeyId: string | null, address: string | null, requestId: string, transactionRef: string | null, targetKind: string, targetId: string, reason: string | null, before: Record<string, unknown> | null, after: Record<string, unknown> | null } }> } };

export type RegionFragment = { id: string, code: string, name: string, createdAt: string, updatedAt: string };

export type CollectionFragment = { id: string, regionId: string, name: string, serverName: string, baseUrl: string, createdAt: string, updatedAt: string };

export type ApiFragment = { id: string, collectionId: string, kind: ApiKind, name: string, description: string, method: HttpMethod, path: string, status: ApiStatus, audience: Audience, openToAll: boolean, createdAt: string, updatedAt: string };

export type RegionQueryVariables = Exact<{
  id: string;
}>;


export type RegionQuery = { region: { id: string, code: string, name: string, createdAt: string, updatedAt: string } };

export type RegionsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type RegionsQuery = { regions: { totalCount: number, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ node: { id: string, code: string, name: string, createdAt: string, updatedAt: string } }> } };

export type CollectionQueryVariables = Exact<{
  id: string;
}>;


export type CollectionQuery = { collection: { id: string, regionId: string, name: string, serverName: string, baseUrl: string, createdAt: string, updatedAt: string } };

export type CollectionsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  regionId?: string | null | undefined;
}>;


export type CollectionsQuery = { collections: { totalCount: number, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ node: { id: string, regionId: string, name: string, serverName: string, baseUrl: string, createdAt: string, updatedAt: string } }> } };

export type ApiQueryVariables = Exact<{
  id: string;
}>;


export type ApiQuery = { api: { id: string, collectionId: string, kind: ApiKind, name: string, description: string, method: HttpMethod, path: string, status: ApiStatus, audience: Audience, openToAll: boolean, createdAt: string, updatedAt: string } };

export type ApisQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  kind?: ApiKind | null | undefined;
  collectionId?: string | null | undefined;
  filter?: ApiFilter | null | undefined;
}>;


export type ApisQuery = { apis: { totalCount: number, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ node: { id: string, collectionId: string, kind: ApiKind, name: string, description: string, method: HttpMethod, path: string, status: ApiStatus, audience: Audience, openToAll: boolean, createdAt: string, updatedAt: string } }> } };

export type CreateRegionMutationVariables = Exact<{
  input: CreateRegionInput;
}>;


export type CreateRegionMutation = { createRegion: { id: string, code: string, name: string, createdAt: string, updatedAt: string } };

export type CreateCollectionMutationVariables = Exact<{
  input: CreateCollectionInput;
}>;


export type CreateCollectionMutation = { createCollection: { id: string, regionId: string, name: string, serverName: string, baseUrl: string, createdAt: string, updatedAt: string } };

export type CreateApiMutationVariables = Exact<{
  input: CreateApiInput;
}>;


export type CreateApiMutation = { createApi: { id: string, collectionId: string, kind: ApiKind, name: string, description: string, method: HttpMethod, path: string, status: ApiStatus, audience: Audience, openToAll: boolean, createdAt: string, updatedAt: string } };

export type ClientFragment = { id: string, clientId: string, name: string, displayName: string, note: string, status: ClientStatus, securityLevel: SecurityLevel, timeZone: string, applicationNumber: string | null, startsAt: string | null, expiresAt: string | null, tpsPerNode: number, priority: number, audience: Audience, emails: Array<string>, remark: string | null, tags: Array<string>, metadata: Record<string, unknown>, system: boolean, createdAt: string, createdBy: string, updatedAt: string, hostBindings: Array<{ name: string, match: string }>, serviceTime: { timeZone: string, windows: Array<{ days: Array<Weekday>, opens: string, closes: string }> } | null, quota: { limit: number, period: QuotaPeriod } | null, region: { id: string, code: string, name: string } | null };

export type ClientWithGroupsFragment = { id: string, clientId: string, name: string, displayName: string, note: string, status: ClientStatus, securityLevel: SecurityLevel, timeZone: string, applicationNumber: string | null, startsAt: string | null, expiresAt: string | null, tpsPerNode: number, priority: number, audience: Audience, emails: Array<string>, remark: string | null, tags: Array<string>, metadata: Record<string, unknown>, system: boolean, createdAt: string, createdBy: string, updatedAt: string, groups: Array<{ id: string, name: string, securityLevel: SecurityLevel }>, hostBindings: Array<{ name: string, match: string }>, serviceTime: { timeZone: string, windows: Array<{ days: Array<Weekday>, opens: string, closes: string }> } | null, quota: { limit: number, period: QuotaPeriod } | null, region: { id: string, code: string, name: string } | null };

export type ClientQueryVariables = Exact<{
  id?: string | null | undefined;
  clientId?: string | null | undefined;
}>;


export type ClientQuery = { client: { id: string, clientId: string, name: string, displayName: string, note: string, status: ClientStatus, securityLevel: SecurityLevel, timeZone: string, applicationNumber: string | null, startsAt: string | null, expiresAt: string | null, tpsPerNode: number, priority: number, audience: Audience, emails: Array<string>, remark: string | null, tags: Array<string>, metadata: Record<string, unknown>, system: boolean, createdAt: string, createdBy: string, updatedAt: string, groups: Array<{ id: string, name: string, securityLevel: SecurityLevel }>, hostBindings: Array<{ name: string, match: string }>, serviceTime: { timeZone: string, windows: Array<{ days: Array<Weekday>, opens: string, closes: string }> } | null, quota: { limit: number, period: QuotaPeriod } | null, region: { id: string, code: string, name: string } | null } };

export type ClientsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  filter?: ClientFilter | null | undefined;
  orderBy?: ClientOrder | null | undefined;
}>;


export type ClientsQuery = { clients: { totalCount: number, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ node: { id: string, clientId: string, name: string, displayName: string, note: string, status: ClientStatus, securityLevel: SecurityLevel, timeZone: string, applicationNumber: string | null, startsAt: string | null, expiresAt: string | null, tpsPerNode: number, priority: number, audience: Audience, emails: Array<string>, remark: string | null, tags: Array<string>, metadata: Record<string, unknown>, system: boolean, createdAt: string, createdBy: string, updatedAt: string, groups: Array<{ id: string, name: string, securityLevel: SecurityLevel }>, hostBindings: Array<{ name: string, match: string }>, serviceTime: { timeZone: string, windows: Array<{ days: Array<Weekday>, opens: string, closes: string }> } | null, quota: { limit: number, period: QuotaPeriod } | null, region: { id: string, code: string, name: string } | null } }> } };

export type CreateClientMutationVariables = Exact<{
  input: CreateClientInput;
}>;


export type CreateClientMutation = { createClient: { id: string, clientId: string, name: string, displayName: string, note: string, status: ClientStatus, securityLevel: SecurityLevel, timeZone: string, applicationNumber: string | null, startsAt: string | null, expiresAt: string | null, tpsPerNode: number, priority: number, audience: Audience, emails: Array<string>, remark: string | null, tags: Array<string>, metadata: Record<string, unknown>, system: boolean, createdAt: string, createdBy: string, updatedAt: string, groups: Array<{ id: string, name: string, securityLevel: SecurityLevel }>, hostBindings: Array<{ name: string, match: string }>, serviceTime: { timeZone: string, windows: Array<{ days: Array<Weekday>, opens: string, closes: string }> } | null, quota: { limit: number, period: QuotaPeriod } | null, region: { id: string, code: string, name: string } | null } };

export type UpdateClientMutationVariables = Exact<{
  input: UpdateClientInput;
}>;


export type UpdateClientMutation = { updateClient: { id: string, clientId: string, name: string, displayName: string, note: string, status: ClientStatus, securityLevel: SecurityLevel, timeZone: string, applicationNumber: string | null, startsAt: string | null, expiresAt: string | null, tpsPerNode: number, priority: number, audience: Audience, emails: Array<string>, remark: string | null, tags: Array<string>, metadata: Record<string, unknown>, system: boolean, createdAt: string, createdBy: string, updatedAt: string, groups: Array<{ id: string, name: string, securityLevel: SecurityLevel }>, hostBindings: Array<{ name: string, match: string }>, serviceTime: { timeZone: string, windows: Array<{ days: Array<Weekday>, opens: string, closes: string }> } | null, quota: { limit: number, period: QuotaPeriod } | null, region: { id: string, code: string, name: string } | null } };

export type SetClientStatusMutationVariables = Exact<{
  input: SetClientStatusInput;
}>;


export type SetClientStatusMutation = { setClientStatus: { id: string, clientId: string, name: string, displayName: string, note: string, status: ClientStatus, securityLevel: SecurityLevel, timeZone: string, applicationNumber: string | null, startsAt: string | null, expiresAt: string | null, tpsPerNode: number, priority: number, audience: Audience, emails: Array<string>, remark: string | null, tags: Array<string>, metadata: Record<string, unknown>, system: boolean, createdAt: string, createdBy: string, updatedAt: string, groups: Array<{ id: string, name: string, securityLevel: SecurityLevel }>, hostBindings: Array<{ name: string, match: string }>, serviceTime: { timeZone: string, windows: Array<{ days: Array<Weekday>, opens: string, closes: string }> } | null, quota: { limit: number, period: QuotaPeriod } | null, region: { id: string, code: string, name: string } | null } };

export type AddClientGroupsMutationVariables = Exact<{
  input: ClientGroupsInput;
}>;


export type AddClientGroupsMutation = { addClientGroups: { id: string, clientId: string, name: string, displayName: string, note: string, status: ClientStatus, securityLevel: SecurityLevel, timeZone: string, applicationNumber: string | null, startsAt: string | null, expiresAt: string | null, tpsPerNode: number, priority: number, audience: Audience, emails: Array<string>, remark: string | null, tags: Array<string>, metadata: Record<string, unknown>, system: boolean, createdAt: string, createdBy: string, updatedAt: string, groups: Array<{ id: string, name: string, securityLevel: SecurityLevel }>, hostBindings: Array<{ name: string, match: string }>, serviceTime: { timeZone: string, windows: Array<{ days: Array<Weekday>, opens: string, closes: string }> } | null, quota: { limit: number, period: QuotaPeriod } | null, region: { id: string, code: string, name: string } | null } };

export type RemoveClientGroupsMutationVariables = Exact<{
  input: ClientGroupsInput;
}>;


export type RemoveClientGroupsMutation = { removeClientGroups: { id: string, clientId: string, name: string, displayName: string, note: string, status: ClientStatus, securityLevel: SecurityLevel, timeZone: string, applicationNumber: string | null, startsAt: string | null, expiresAt: string | null, tpsPerNode: number, priority: number, audience: Audience, emails: Array<string>, remark: string | null, tags: Array<string>, metadata: Record<string, unknown>, system: boolean, createdAt: string, createdBy: string, updatedAt: string, groups: Array<{ id: string, name: string, securityLevel: SecurityLevel }>, hostBindings: Array<{ name: string, match: string }>, serviceTime: { timeZone: string, windows: Array<{ days: Array<Weekday>, opens: string, closes: string }> } | null, quota: { limit: number, period: QuotaPeriod } | null, region: { id: string, code: string, name: string } | null } };

export type DeleteClientMutationVariables = Exact<{
  input: DeleteClientInput;
}>;


export type DeleteClientMutation = { deleteClient: { id: string, clientId: string, name: string, displayName: string, note: string, status: ClientStatus, securityLevel: SecurityLevel, timeZone: string, applicationNumber: string | null, startsAt: string | null, expiresAt: string | null, tpsPerNode: number, priority: number, audience: Audience, emails: Array<string>, remark: string | null, tags: Array<string>, metadata: Record<string, unknown>, system: boolean, createdAt: string, createdBy: string, updatedAt: string, hostBindings: Array<{ name: string, match: string }>, serviceTime: { timeZone: string, windows: Array<{ days: Array<Weekday>, opens: string, closes: string }> } | null, quota: { limit: number, period: QuotaPeriod } | null, region: { id: string, code: string, name: string } | null } };

export type AuthorityGroupFragment = { id: string, name: string, description: string, securityLevel: SecurityLevel, createdAt: string, updatedAt: string };

export type AuthorityGroupQueryVariables = Exact<{
  id: string;
}>;


export type AuthorityGroupQuery = { authorityGroup: { id: string, name: string, description: string, securityLevel: SecurityLevel, createdAt: string, updatedAt: string, apis: Array<{ id: string, collectionId: string, kind: ApiKind, name: string, description: string, method: HttpMethod, path: string, status: ApiStatus, audience: Audience, openToAll: boolean, createdAt: string, updatedAt: string }> } };

export type AuthorityGroupsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  filter?: AuthorityGroupFilter | null | undefined;
}>;


export type AuthorityGroupsQuery = { authorityGroups: { totalCount: number, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ node: { id: string, name: string, description: string, securityLevel: SecurityLevel, createdAt: string, updatedAt: string } }> } };

export type CreateAuthorityGroupMutationVariables = Exact<{
  input: CreateAuthorityGroupInput;
}>;


export type CreateAuthorityGroupMutation = { createAuthorityGroup: { id: string, name: string, description: string, securityLevel: SecurityLevel, createdAt: string, updatedAt: string } };

export type ApiKeyFragment = { id: string, name: string, description: string, lookupId: string, status: ApiKeyStatus, permissions: Array<string> | null, tags: Array<string>, metadata: Record<string, unknown>, effectiveAt: string, expiresAt: string | null, createdAt: string, createdBy: string, lastAccessedAt: string, lastAccessedFrom: string | null, revokedAt: string | null, revokedBy: string | null, revocationReason: string | null, owner: { id: string, kind: string, name: string }, groups: Array<{ id: string, name: string }> };

export type ApiKeyQueryVariables = Exact<{
  id: string;
}>;


export type ApiKeyQuery = { apiKey: { id: string, name: string, description: string, lookupId: string, status: ApiKeyStatus, permissions: Array<string> | null, tags: Array<string>, metadata: Record<string, unknown>, effectiveAt: string, expiresAt: string | null, createdAt: string, createdBy: string, lastAccessedAt: string, lastAccessedFrom: string | null, revokedAt: string | null, revokedBy: string | null, revocationReason: string | null, owner: { id: string, kind: string, name: string }, groups: Array<{ id: string, name: string }> } };

export type ApiKeysQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  filter?: ApiKeyFilter | null | undefined;
  orderBy?: ApiKeyOrder | null | undefined;
}>;


export type ApiKeysQuery = { apiKeys: { totalCount: number, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ node: { id: string, name: string, description: string, lookupId: string, status: ApiKeyStatus, permissions: Array<string> | null, tags: Array<string>, metadata: Record<string, unknown>, effectiveAt: string, expiresAt: string | null, createdAt: string, createdBy: string, lastAccessedAt: string, lastAccessedFrom: string | null, revokedAt: string | null, revokedBy: string | null, revocationReason: string | null, owner: { id: string, kind: string, name: string }, groups: Array<{ id: string, name: string }> } }> } };

export type CreateApiKeyMutationVariables = Exact<{
  input: CreateApiKeyInput;
}>;


export type CreateApiKeyMutation = { createApiKey: { secret: string, apiKey: { id: string, name: string, description: string, lookupId: string, status: ApiKeyStatus, permissions: Array<string> | null, tags: Array<string>, metadata: Record<string, unknown>, effectiveAt: string, expiresAt: string | null, createdAt: string, createdBy: string, lastAccessedAt: string, lastAccessedFrom: string | null, revokedAt: string | null, revokedBy: string | null, revocationReason: string | null, owner: { id: string, kind: string, name: string }, groups: Array<{ id: string, name: string }> } } };

export type RevokeApiKeyMutationVariables = Exact<{
  input: RevokeApiKeyInput;
}>;


export type RevokeApiKeyMutation = { revokeApiKey: { id: string, name: string, description: string, lookupId: string, status: ApiKeyStatus, permissions: Array<string> | null, tags: Array<string>, metadata: Record<string, unknown>, effectiveAt: string, expiresAt: string | null, createdAt: string, createdBy: string, lastAccessedAt: string, lastAccessedFrom: string | null, revokedAt: string | null, revokedBy: string | null, revocationReason: string | null, owner: { id: string, kind: string, name: string }, groups: Array<{ id: string, name: string }> } };

export type DisableApiKeyMutationVariables = Exact<{
  input: ApiKeyReference;
}>;


export type DisableApiKeyMutation = { disableApiKey: { id: string, name: string, description: string, lookupId: string, status: ApiKeyStatus, permissions: Array<string> | null, tags: Array<string>, metadata: Record<string, unknown>, effectiveAt: string, expiresAt: string | null, createdAt: string, createdBy: string, lastAccessedAt: string, lastAccessedFrom: string | null, revokedAt: string | null, revokedBy: string | null, revocationReason: string | null, owner: { id: string, kind: string, name: string }, groups: Array<{ id: string, name: string }> } };

export type EnableApiKeyMutationVariables = Exact<{
  input: ApiKeyReference;
}>;


export type EnableApiKeyMutation = { enableApiKey: { id: string, name: string, description: string, lookupId: string, status: ApiKeyStatus, permissions: Array<string> | null, tags: Array<string>, metadata: Record<string, unknown>, effectiveAt: string, expiresAt: string | null, createdAt: string, createdBy: string, lastAccessedAt: string, lastAccessedFrom: string | null, revokedAt: string | null, revokedBy: string | null, revocationReason: string | null, owner: { id: string, kind: string, name: string }, groups: Array<{ id: string, name: string }> } };

export type SurrenderSecretMutationVariables = Exact<{
  input: SurrenderSecretInput;
}>;


export type SurrenderSecretMutation = { surrenderSecret: { id: string, name: string, description: string, lookupId: string, status: ApiKeyStatus, permissions: Array<string> | null, tags: Array<string>, metadata: Record<string, unknown>, effectiveAt: string, expiresAt: string | null, createdAt: string, createdBy: string, lastAccessedAt: string, lastAccessedFrom: string | null, revokedAt: string | null, revokedBy: string | null, revocationReason: string | null, owner: { id: string, kind: string, name: string }, groups: Array<{ id: string, name: string }> } };

export type PageInfoFragment = { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null };

export type ActorFragment = { id: string, kind: string, name: string, role: Role | null, permissions: Array<string> };

export type UserFragment = { id: string, userName: string, role: Role, timeZone: string, createdAt: string, updatedAt: string };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { me: { id: string, kind: string, name: string, role: Role | null, permissions: Array<string> } };

export type UserQueryVariables = Exact<{
  id: string;
}>;


export type UserQuery = { user: { id: string, userName: string, role: Role, timeZone: string, createdAt: string, updatedAt: string } };

export type UsersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  filter?: UserFilter | null | undefined;
}>;


export type UsersQuery = { users: { totalCount: number, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ node: { id: string, userName: string, role: Role, timeZone: string, createdAt: string, updatedAt: string } }> } };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn: { token: string, expiresAt: string, actor: { id: string, kind: string, name: string, role: Role | null, permissions: Array<string> } } };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { signOut: boolean };

export type CreateUserMutationVariables = Exact<{
  input: CreateUserInput;
}>;


export type CreateUserMutation = { createUser: { id: string, userName: string, role: Role, timeZone: string, createdAt: string, updatedAt: string } };

export type VerifyCredentialMutationVariables = Exact<{
  input: VerifyCredentialInput;
}>;


export type VerifyCredentialMutation = { verifyCredential: { valid: boolean, code: VerdictCode, message: string | null, requestId: string, retryAfterSeconds: number | null, groups: Array<string> | null, scopes: Array<string> | null, metadata: Record<string, unknown> | null, credential: { id: string, kind: string, name: string, lookupId: string, expiresAt: string | null } | null, client: { id: string, clientId: string, displayName: string, priority: number } | null, user: { id: string, userName: string } | null, api: { id: string, name: string, kind: string } | null } };
