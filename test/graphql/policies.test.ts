import "reflect-metadata";
import { before, describe, it } from "node:test";
import { expect } from "expect";
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from "graphql";
import { CLIENT_PERMISSIONS, permissionsOf, Role } from "../../api/access/permissions.js";
import { enforcePolicies, exceptsClients, policyOf } from "../../api/graphql/enforce-policies.js";
import type { PolicyRule } from "../../api/graphql/policy.js";
import { createSchema } from "../../api/graphql/schema.js";

const EVERYBODY = "everybody";
const SIGNED_IN = "signed in";
const ADMIN = "SYSTEM_ADMIN";
const STAFF = "SYSTEM_ADMIN OPERATOR";
const READERS = "SYSTEM_ADMIN OPERATOR AUDITOR";

/** Who may run what. A new operation is written down here, or this file fails. */
const MATRIX: Readonly<Record<string, string>> = {
  me: SIGNED_IN,
  users: "SYSTEM_ADMIN AUDITOR",
  user: "SYSTEM_ADMIN AUDITOR",
  clients: `${READERS} CLIENT`,
  client: `${READERS} CLIENT`,
  regions: `${READERS} CLIENT`,
  region: `${READERS} CLIENT`,
  collections: `${READERS} CLIENT`,
  collection: `${READERS} CLIENT`,
  apis: `${READERS} CLIENT`,
  api: `${READERS} CLIENT`,
  authorityGroups: `${READERS} CLIENT`,
  authorityGroup: `${READERS} CLIENT`,
  apiCallers: READERS,
  lookupSecret: `${READERS} MEMBER CLIENT`,
  records: `${READERS} MEMBER CLIENT`,
  effectivePermissions: `${READERS} MEMBER CLIENT`,
  apiKeys: `${READERS} MEMBER CLIENT`,
  apiKey: `${READERS} MEMBER CLIENT`,
  apiKeyChanged: `${READERS} MEMBER CLIENT`,
  accessRequests: `${READERS} CLIENT`,
  notifications: READERS,
  usage: `${READERS} MEMBER CLIENT`,
  usageUpdated: `${READERS} MEMBER CLIENT`,
  limits: `${READERS} MEMBER CLIENT`,
  recentCalls: `${READERS} MEMBER CLIENT`,
  anomalies: `${READERS} MEMBER CLIENT`,
  acknowledgeAnomaly: `${STAFF} MEMBER`,
  webhooks: "SYSTEM_ADMIN AUDITOR",
  webhook: "SYSTEM_ADMIN AUDITOR",
  webhookDeliveries: "SYSTEM_ADMIN AUDITOR",
  createWebhook: ADMIN,
  updateWebhook: ADMIN,
  deleteWebhook: ADMIN,
  rotateWebhookSecret: ADMIN,
  testWebhook: ADMIN,
  auditEvents: "SYSTEM_ADMIN AUDITOR",
  auditChain: "SYSTEM_ADMIN AUDITOR",
  scheduledJobs: "SYSTEM_ADMIN AUDITOR",
  keyRing: "SYSTEM_ADMIN AUDITOR",
  signIn: EVERYBODY,
  signOut: SIGNED_IN,
  sessions: SIGNED_IN,
  endSession: SIGNED_IN,
  changePassword: SIGNED_IN,
  setSignInPolicy: STAFF,
  setOneTimePassword: STAFF,
  createUser: ADMIN,
  updateUser: ADMIN,
  deleteUser: ADMIN,
  createClient: STAFF,
  updateClient: STAFF,
  setClientStatus: STAFF,
  addClientGroups: STAFF,
  removeClientGroups: STAFF,
  deleteClient: STAFF,
  createRegion: STAFF,
  updateRegion: STAFF,
  deleteRegion: STAFF,
  createCollection: STAFF,
  updateCollection: STAFF,
  deleteCollection: STAFF,
  importOpenApi: STAFF,
  importWsdl: STAFF,
  createApi: STAFF,
  updateApi: STAFF,
  deleteApi: STAFF,
  createAuthorityGroup: STAFF,
  updateAuthorityGroup: STAFF,
  deleteAuthorityGroup: STAFF,
  addGroupApis: STAFF,
  removeGroupApis: STAFF,
  createApiKey: `${STAFF} MEMBER`,
  revokeApiKey: `${STAFF} MEMBER`,
  createApiKeys: `${STAFF} MEMBER`,
  importApiKeys: `${STAFF} MEMBER`,
  revokeApiKeys: `${STAFF} MEMBER`,
  draftIntegrationToken: ADMIN,
  confirmIntegrationToken: ADMIN,
  revealApiKey: `${STAFF} MEMBER CLIENT`,
  updateApiKey: `${STAFF} MEMBER`,
  rotateApiKey: `${STAFF} MEMBER`,
  finishRotation: `${STAFF} MEMBER`,
  disableApiKey: `${STAFF} MEMBER`,
  enableApiKey: `${STAFF} MEMBER`,
  surrenderSecret: EVERYBODY,
  tokens: `${READERS} CLIENT`,
  token: `${READERS} CLIENT`,
  updateTokenSettings: STAFF,
  generateToken: `${STAFF} CLIENT`,
  revealToken: `${ADMIN} CLIENT`,
  revokeToken: `${STAFF} CLIENT`,
  revokeTokens: `${STAFF} CLIENT`,
  scopes: READERS,
  scope: READERS,
  assignableGroups: `${READERS} CLIENT`,
  createScope: STAFF,
  updateScope: STAFF,
  deleteScope: STAFF,
  setClientSecurityLevel: STAFF,
  addClientScopes: STAFF,
  removeClientScopes: STAFF,
  verifyCredential: STAFF,
  explainVerification: STAFF,
  gatewayKeys: READERS,
  gatewayRecipes: READERS,
  gatewayKey: READERS,
  createGatewayKey: ADMIN,
  revokeGatewayKey: ADMIN,
  requestPasswordReset: EVERYBODY,
  resetPassword: EVERYBODY,
  requestAccess: `${ADMIN} CLIENT`,
  decideAccessRequest: STAFF,
};

function inWords(rule: PolicyRule | undefined, withClients: boolean): string {
  if (rule === undefined) return "nobody has said";
  if (rule === "anyone") return EVERYBODY;
  if (rule === "signed-in") return SIGNED_IN;
  const roles: string[] = Object.values(Role).filter((role) => permissionsOf(role, null).has(rule));
  if (withClients && CLIENT_PERMISSIONS.has(rule)) roles.push("CLIENT");
  return roles.join(" ");
}

describe("policies", () => {
  let schema: GraphQLSchema;

  before(() => {
    schema = createSchema();
  });

  it("say of every operation who may run it", () => {
    const fields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
      Object.values(type?.getFields() ?? {}),
    );
    const written = Object.fromEntries(
      fields.map((field) => [field.name, inWords(policyOf(field), !exceptsClients(field))]),
    );
    expect(written).toEqual(MATRIX);
  });

  it("are told in every operation's description", () => {
    for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
      expect(field.description).toContain("Who may: ");
    }
  });

  it("cannot be forgotten: a schema with an operation without one is not built", () => {
    const query = new GraphQLObjectType({ name: "Query", fields: { open: { type: GraphQLString } } });
    expect(() => enforcePolicies(new GraphQLSchema({ query }))).toThrow("Query.open has no policy");
  });
});
