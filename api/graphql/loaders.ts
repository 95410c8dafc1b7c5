import type { DataSource } from "typeorm";
import { Api } from "../catalogue/api.entity.js";
import { Collection } from "../catalogue/collection.entity.js";
import { Region } from "../catalogue/region.entity.js";
import { Client } from "../clients/client.entity.js";
import { ClientGroup } from "../clients/client-group.entity.js";
import { ClientScope } from "../clients/client-scope.entity.js";
import { loadById, loadThrough } from "../database/loaders.js";
import { countApisOfGroup, loadApisOfGroup } from "../groups/apis-of-group.loader.js";
import { AuthorityGroup } from "../groups/authority-group.entity.js";
import { GroupApi } from "../groups/group-api.entity.js";
import { ApiKey } from "../keys/api-key.entity.js";
import { countKeys, loadNewestKeys, loadSecretsOfKey } from "../keys/api-key.loader.js";
import { ApiKeyGroup } from "../keys/api-key-group.entity.js";
import { loadCallingKeys } from "../permissions/calling-key.loader.js";
import { loadGrants } from "../permissions/grant.loader.js";
import { loadPermissions } from "../permissions/permission.loader.js";
import { Scope } from "../scopes/scope.entity.js";
import { ScopeGroup } from "../scopes/scope-group.entity.js";
import { countTokens, loadCallsOfToken, loadNewestTokens, loadTokenSettings } from "../tokens/token.loader.js";
import { TokenFamily } from "../tokens/token-family.entity.js";
import { User } from "../users/user.entity.js";

export type Loaders = ReturnType<typeof createLoaders>;

/** Made for each request: what one request has loaded, another loads anew. */
export function createLoaders(database: DataSource) {
  const groups = { target: AuthorityGroup, link: "groupId", orderBy: "name" } as const;
  return {
    user: loadById(database, User),
    client: loadById(database, Client),
    group: loadById(database, AuthorityGroup),
    region: loadById(database, Region),
    collection: loadById(database, Collection),
    api: loadById(database, Api),
    apiKey: loadById(database, ApiKey),
    groupsOfClient: loadThrough(database, { ...groups, through: ClientGroup, source: "clientId" }),
    groupsOfScope: loadThrough(database, { ...groups, through: ScopeGroup, source: "scopeId" }),
    scopesOfClient: loadThrough(database, {
      target: Scope,
      through: ClientScope,
      source: "clientId",
      link: "scopeId",
      orderBy: "name",
    }),
    groupsOfKey: loadThrough(database, { ...groups, through: ApiKeyGroup, source: "apiKeyId" }),
    groupsOfApi: loadThrough(database, { ...groups, through: GroupApi, source: "apiId" }),
    apisOfGroup: loadApisOfGroup(database),
    apiCountOfGroup: countApisOfGroup(database),
    newestKeys: loadNewestKeys(database),
    keyCount: countKeys(database),
    secretsOfKey: loadSecretsOfKey(database),
    tokenSettings: loadTokenSettings(database),
    tokenFamily: loadById(database, TokenFamily),
    callsOfToken: loadCallsOfToken(database),
    newestTokens: loadNewestTokens(database),
    tokenCount: countTokens(database),
    permissionsOf: loadPermissions(database),
    grants: loadGrants(database),
    callingKeys: loadCallingKeys(database),
  };
}
