import { createHash } from "node:crypto";
import { Latchkey } from "@latchkey/sdk";
import { newId } from "../../api/database/new-id.js";
import { openApi, operation, wsdl } from "../catalogue/import/documents.js";
import { addUser } from "../support/accounts.js";
import {
  FAR,
  PASSWORD,
  seedApi,
  seedClient,
  seedCollection,
  seedGroup,
  seedKey,
  seedSignedInClient,
  seedUser,
  unique,
} from "../support/seed.js";
import { until } from "../support/until.js";
import type { World } from "../support/world.js";
import { seedToken, seedTokenClient } from "../tokens/seed-token.js";

/** One call of a mutation that changes something, and the events that it must leave. */
export interface Recorded {
  /** Left out: the mutation has none. */
  readonly input?: object;
  /** Who calls: the administrator unless another credential, or null for nobody, is given. */
  readonly credential?: string | null;
  /** What is read of the answer, beside its type. */
  readonly selection?: string;
  /** The kinds of all its events. */
  readonly events: readonly string[];
  /** The name of who is told as the actor; `admin` unless said. */
  readonly actor?: string;
  readonly reason?: string;
}

type Make = (world: World) => Promise<Recorded>;

/** Of a mutation that changes nothing: why it needs no event. */
export type Row = Make | { readonly changesNothing: string };

/** Leads nowhere. */
const HOOK = "https://hook.latchkey.invalid/";
const NEW_PASSWORD = "another-good-pass-phrase";
const REASON = "As agreed with the owner";

async function seedScope({ latchkey }: World, groupId: string) {
  return latchkey.scopes.create({ name: unique("scope"), groupIds: [groupId] });
}

async function seedRequest(world: World) {
  const { client, latchkey, token } = await seedSignedInClient(world);
  const group = await seedGroup(world, { securityLevel: "C" });
  return { client, latchkey, token, group, input: { groupId: group.id, reason: REASON } };
}

async function seedGatewayKey({ latchkey }: World) {
  return latchkey.gatewayKeys.create({ name: unique("gateway") });
}

async function seedWebhook({ latchkey }: World): Promise<string> {
  return (await latchkey.webhooks.create({ url: HOOK, events: ["QUOTA_ALERT"] })).webhook.id;
}

/** A collection that an import gives its first operation. */
async function seedImport({ latchkey }: World, document: string) {
  const { id: collectionId } = await seedCollection(latchkey);
  return { input: { collectionId, document }, events: ["collection.imported"] };
}

async function resetLink(world: World): Promise<string> {
  const { id, name } = await addUser(world);
  const email = `${name}@example.com`;
  await world.latchkey.users.update({ id, email });
  await world.latchkey.requestPasswordReset({ name });
  return until("the link", async () => {
    const { nodes } = await world.latchkey.notifications.list({ search: email });
    return /#token=([\w-]+)/.exec(nodes[0]?.body ?? "")?.[1];
  });
}

/** Every mutation of the schema. One that is not in here fails the test. */
export const EVENTS_OF_MUTATIONS: Readonly<Record<string, Row>> = {
  signIn: async (world) => {
    const { name } = await addUser(world);
    const input = { name, password: PASSWORD };
    return { input, credential: null, selection: "token", events: ["session.started"], actor: name };
  },
  signOut: async (world) => {
    const { user, token } = await seedUser(world, "MEMBER");
    return { credential: token, events: ["session.ended"], actor: user.userName };
  },
  endSession: async (world) => {
    const { user, latchkey } = await seedUser(world, "MEMBER");
    const [session] = (await latchkey.sessions.list()).nodes;
    const { token } = await new Latchkey({ url: world.url }).signIn({ name: user.userName, password: PASSWORD });
    return { input: { id: session?.id }, credential: token, events: ["session.ended"], actor: user.userName };
  },
  changePassword: async (world) => {
    const { user, token } = await seedUser(world, "MEMBER");
    const input = { oldPassword: PASSWORD, newPassword: NEW_PASSWORD, newPasswordConfirmation: NEW_PASSWORD };
    return { input, credential: token, events: ["user.passwordChanged"], actor: user.userName };
  },
  requestPasswordReset: async (world) => {
    const { id, name } = await addUser(world);
    await world.latchkey.users.update({ id, email: `${name}@example.com` });
    return { input: { name }, credential: null, events: ["user.passwordResetRequested"], actor: "latchkey" };
  },
  resetPassword: async (world) => {
    const input = { token: await resetLink(world), password: NEW_PASSWORD, passwordConfirmation: NEW_PASSWORD };
    return { input, credential: null, events: ["user.passwordReset"], actor: "latchkey" };
  },
  setOneTimePassword: async (world) => {
    const { id } = await addUser(world);
    return { input: { userId: id }, selection: "password", events: ["user.passwordReset"] };
  },
  setSignInPolicy: async (world) => {
    const { id } = await addUser(world);
    return { input: { userId: id, threshold: 9 }, events: ["user.signInPolicyChanged"] };
  },
  createUser: async () => ({
    input: { userName: unique("user"), password: PASSWORD, role: "MEMBER" },
    events: ["user.created"],
  }),
  updateUser: async (world) => {
    const { id } = await addUser(world);
    return { input: { id, role: "OPERATOR" }, events: ["user.updated"] };
  },
  deleteUser: async (world) => {
    const { id } = await addUser(world);
    return { input: { id, confirm: true }, events: ["user.deleted"] };
  },
  createClient: async () => {
    const name = unique("client");
    return {
      input: { name, displayName: name, note: "n", password: PASSWORD, passwordConfirmation: PASSWORD },
      events: ["client.created"],
    };
  },
  updateClient: async (world) => ({
    input: { id: (await seedClient(world)).id, note: "Another note" },
    events: ["client.updated"],
  }),
  deleteClient: async (world) => {
    const { client } = await seedKey(world);
    return { input: { id: client.id, confirm: true }, events: ["client.deleted"] };
  },
  setClientStatus: async (world) => ({
    input: { clientId: (await seedClient(world)).id, status: "DISABLED" },
    events: ["client.statusChanged"],
  }),
  setClientSecurityLevel: async (world) => ({
    input: { clientId: (await seedClient(world, { securityLevel: "C" })).id, securityLevel: "B" },
    events: ["client.securityLevelChanged"],
  }),
  addClientGroups: async (world) => ({
    input: { clientId: (await seedClient(world)).id, groupIds: [(await seedGroup(world)).id] },
    events: ["client.groupsAdded"],
  }),
  removeClientGroups: async (world) => {
    const { client, group } = await seedKey(world);
    return { input: { clientId: client.id, groupIds: [group.id] }, events: ["client.groupsRemoved"] };
  },
  addClientScopes: async (world) => {
    const { client, group } = await seedKey(world);
    const scope = await seedScope(world, group.id);
    return { input: { clientId: client.id, scopeIds: [scope.id] }, events: ["client.scopesAdded"] };
  },
  removeClientScopes: async (world) => {
    const { client, group } = await seedKey(world);
    const scope = await seedScope(world, group.id);
    await world.latchkey.clients.addScopes({ clientId: client.id, scopeIds: [scope.id] });
    return { input: { clientId: client.id, scopeIds: [scope.id] }, events: ["client.scopesRemoved"] };
  },
  createAuthorityGroup: async (world) => ({
    input: { name: unique("group"), apiIds: [(await seedApi(world)).id] },
    events: ["authorityGroup.created"],
  }),
  updateAuthorityGroup: async (world) => ({
    input: { id: (await seedGroup(world)).id, description: "Another" },
    events: ["authorityGroup.updated"],
  }),
  deleteAuthorityGroup: async (world) => ({
    input: { id: (await seedGroup(world)).id, confirm: true },
    events: ["authorityGroup.deleted"],
  }),
  addGroupApis: async (world) => ({
    input: { groupId: (await seedGroup(world)).id, apiIds: [(await seedApi(world)).id] },
    events: ["authorityGroup.apisAdded"],
  }),
  removeGroupApis: async (world) => {
    const apiIds = [(await seedApi(world)).id, (await seedApi(world)).id];
    const { id: groupId } = await seedGroup(world, { apiIds });
    return { input: { groupId, apiIds: apiIds.slice(0, 1) }, events: ["authorityGroup.apisRemoved"] };
  },
  createScope: async (world) => ({
    input: { name: unique("scope"), groupIds: [(await seedGroup(world)).id] },
    events: ["scope.created"],
  }),
  updateScope: async (world) => ({
    input: { id: (await seedScope(world, (await seedGroup(world)).id)).id, description: "Another" },
    events: ["scope.updated"],
  }),
  deleteScope: async (world) => ({
    input: { id: (await seedScope(world, (await seedGroup(world)).id)).id, confirm: true },
    events: ["scope.deleted"],
  }),
  createRegion: async () => ({ input: { code: unique("r"), name: unique("Region") }, events: ["region.created"] }),
  updateRegion: async ({ latchkey }) => ({
    input: { id: (await latchkey.regions.create({ code: unique("r"), name: unique("Region") })).id, name: "Another" },
    events: ["region.updated"],
  }),
  deleteRegion: async ({ latchkey }) => ({
    input: { id: (await latchkey.regions.create({ code: unique("r"), name: unique("Region") })).id },
    events: ["region.deleted"],
  }),
  createCollection: async ({ latchkey }) => {
    const { id: regionId } = await latchkey.regions.create({ code: unique("r"), name: unique("Region") });
    const input = { regionId, name: unique("c"), serverName: "s", baseUrl: "https://orders.example.com" };
    return { input, events: ["collection.created"] };
  },
  updateCollection: async ({ latchkey }) => ({
    input: { id: (await seedCollection(latchkey)).id, serverName: "another" },
    events: ["collection.updated"],
  }),
  deleteCollection: async ({ latchkey }) => ({
    input: { id: (await seedCollection(latchkey)).id },
    events: ["collection.deleted"],
  }),
  createApi: async ({ latchkey }) => {
    const { id: collectionId } = await seedCollection(latchkey);
    const input = { collectionId, kind: "REST", name: "Read", method: "GET", path: "/orders" };
    return { input, events: ["api.created"] };
  },
  updateApi: async (world) => ({
    input: { id: (await seedApi(world)).id, status: "DELISTED" },
    events: ["api.updated"],
  }),
  deleteApi: async (world) => ({ input: { id: (await seedApi(world)).id, confirm: true }, events: ["api.deleted"] }),
  importOpenApi: (world) =>
    seedImport(world, JSON.stringify(openApi({ "/orders": { get: operation("List orders") } }))),
  importWsdl: (world) => seedImport(world, wsdl({ operations: [{ name: "GetOrder", action: "urn:GetOrder" }] })),
  createApiKey: async (world) => {
    const group = await seedGroup(world);
    const client = await seedClient(world, { groupIds: [group.id] });
    const input = { clientId: client.id, name: "key", expiresAt: FAR, groupIds: [group.id], recoverable: true };
    return { input, selection: "secret", events: ["apiKey.created"] };
  },
  createApiKeys: async () => ({
    input: { keys: [{ name: unique("key") }, { name: unique("key") }] },
    selection: "results { secret }",
    events: ["apiKey.created", "apiKey.created"],
  }),
  importApiKeys: async (world) => {
    const group = await seedGroup(world);
    const client = await seedClient(world, { groupIds: [group.id] });
    const hash = createHash("sha256").update(unique("a key of another system")).digest("hex");
    const key = { clientId: client.id, name: "imported", expiresAt: FAR, groupIds: [group.id], hash };
    return { input: { keys: [key] }, events: ["apiKey.created"] };
  },
  updateApiKey: async (world) => ({
    input: { id: (await seedKey(world)).apiKey.id, description: "Another" },
    events: ["apiKey.updated"],
  }),
  rotateApiKey: async (world) => ({
    input: { id: (await seedKey(world)).apiKey.id, graceSeconds: 60 },
    selection: "secret",
    events: ["apiKey.rotated"],
  }),
  finishRotation: async (world) => {
    const { apiKey } = await seedKey(world);
    await world.latchkey.keys.rotate({ id: apiKey.id, graceSeconds: 60 });
    return { input: { id: apiKey.id }, events: ["apiKey.rotationFinished"] };
  },
  disableApiKey: async (world) => ({
    input: { id: (await seedKey(world)).apiKey.id },
    events: ["apiKey.disabled"],
  }),
  enableApiKey: async (world) => {
    const { apiKey } = await seedKey(world);
    await world.latchkey.keys.disable(apiKey.id);
    return { input: { id: apiKey.id }, events: ["apiKey.enabled"] };
  },
  revealApiKey: async (world) => ({
    input: { id: (await seedKey(world, { recoverable: true })).apiKey.id, reason: REASON },
    selection: "secret",
    events: ["apiKey.revealed"],
    reason: REASON,
  }),
  revokeApiKey: async (world) => ({
    input: { id: (await seedKey(world)).apiKey.id, reason: REASON },
    events: ["apiKey.revoked"],
    reason: REASON,
  }),
  revokeApiKeys: async (world) => {
    const { client } = await seedKey(world);
    const input = { filter: { clientId: client.id }, expectedCount: 1, reason: REASON };
    return { input, events: ["apiKey.revoked"], reason: REASON };
  },
  surrenderSecret: async (world) => {
    const { secret, apiKey } = await seedKey(world);
    const actor = `holder of ${apiKey.lookupId}`;
    return {
      input: { secret, reason: REASON },
      credential: null,
      events: ["apiKey.revoked"],
      actor,
      reason: REASON,
    };
  },
  draftIntegrationToken: async () => ({
    input: { label: unique("label") },
    selection: "secret",
    events: ["integrationToken.drafted"],
  }),
  confirmIntegrationToken: async ({ latchkey }) => ({
    input: { id: (await latchkey.keys.draftIntegrationToken({ label: unique("label") })).apiKey.id },
    events: ["integrationToken.confirmed"],
  }),
  updateTokenSettings: async (world) => ({
    input: { clientId: (await seedClient(world)).id, accessTokenUses: 7 },
    events: ["client.tokenSettingsUpdated"],
  }),
  generateToken: async (world) => ({
    input: { ...(await seedTokenClient(world)).credentials, save: true },
    selection: "secret",
    events: ["token.issued"],
  }),
  revealToken: async (world) => ({
    input: { id: (await seedToken(world, undefined, { save: true })).token.id, reason: REASON },
    selection: "secret",
    events: ["token.revealed"],
    reason: REASON,
  }),
  revokeToken: async (world) => ({
    input: { id: (await seedToken(world)).token.id, reason: REASON },
    events: ["token.revoked"],
    reason: REASON,
  }),
  revokeTokens: async (world) => ({
    input: { clientId: (await seedToken(world)).client.id, reason: REASON },
    events: ["client.tokensRevoked"],
    reason: REASON,
  }),
  createGatewayKey: async () => ({
    input: { name: unique("gateway") },
    selection: "secret",
    events: ["gatewayKey.created"],
  }),
  revokeGatewayKey: async (world) => ({
    input: { id: (await seedGatewayKey(world)).gatewayKey.id, reason: REASON },
    events: ["gatewayKey.revoked"],
    reason: REASON,
  }),
  acknowledgeAnomaly: async (world) => {
    const id = newId(world.now());
    await world.database.query(
      `insert into anomalies (id, kind, subject_id, detected_at, window_starts_at, window_ends_at, seen, expected, addresses)
       values ($1, 'BURST', $1, now(), now(), now(), 2, 1, '{}')`,
      [id],
    );
    return { input: { id, note: "Known" }, events: ["anomaly.acknowledged"] };
  },
  createWebhook: async () => ({
    input: { url: HOOK, events: ["ANOMALY_DETECTED"] },
    selection: "secret",
    events: ["webhook.created"],
  }),
  updateWebhook: async (world) => ({
    input: { id: await seedWebhook(world), description: "Paging" },
    events: ["webhook.updated"],
  }),
  rotateWebhookSecret: async (world) => ({
    input: { id: await seedWebhook(world) },
    selection: "secret",
    events: ["webhook.secretRotated"],
  }),
  testWebhook: async (world) => ({ input: { id: await seedWebhook(world) }, events: ["webhook.tested"] }),
  deleteWebhook: async (world) => ({ input: { id: await seedWebhook(world) }, events: ["webhook.deleted"] }),
  requestAccess: async (world) => {
    const { client, token, input } = await seedRequest(world);
    return { input, credential: token, events: ["accessRequest.created"], actor: client.clientId };
  },
  decideAccessRequest: async (world) => {
    const { latchkey, input } = await seedRequest(world);
    const { id } = await latchkey.accessRequests.request(input);
    return {
      input: { id, decision: "APPROVE", reason: REASON },
      events: ["accessRequest.decided", "client.groupsAdded"],
      reason: REASON,
    };
  },
  verifyCredential: { changesNothing: "It is a verdict, which usage counts: asking changes no thing of anybody." },
};
