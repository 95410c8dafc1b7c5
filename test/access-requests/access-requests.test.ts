import { randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { type AuthorityGroup, type Client, Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import { refusalIn } from "../support/graphql.js";
import { until } from "../support/until.js";
import { startWorld, type World } from "../support/world.js";

const PASSWORD = "a-partners-pass-phrase";

describe("access requests", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  const unique = (name: string): string => `${name}-${randomBytes(4).toString("hex")}`;

  async function newGroup(securityLevel: "A" | "B" | "C" = "C"): Promise<AuthorityGroup> {
    const { latchkey } = world;
    const region = await latchkey.regions.create({ code: unique("r"), name: unique("Region") });
    const server = { serverName: "server", baseUrl: "https://server.example.com" };
    const collection = await latchkey.collections.create({
      regionId: region.id,
      name: unique("collection"),
      ...server,
    });
    const operation = { kind: "REST", method: "GET", path: `/${unique("orders")}` } as const;
    const open = await latchkey.apis.create({ collectionId: collection.id, name: unique("open"), ...operation });
    const hidden = await latchkey.apis.create({
      collectionId: collection.id,
      name: unique("hidden"),
      ...operation,
      method: "POST",
      audience: "INTERNAL",
    });
    return latchkey.groups.create({ name: unique("group"), apiIds: [open.id, hidden.id], securityLevel });
  }

  async function newPartner(): Promise<{ client: Client; partner: Latchkey }> {
    const clientId = unique("partner");
    const client = await world.latchkey.clients.create({
      clientId,
      name: clientId,
      displayName: clientId,
      note: "asks",
      password: PASSWORD,
      passwordConfirmation: PASSWORD,
    });
    await world.database.query("update clients set audience = 'EXTERNAL', emails = $2 where id = $1", [
      client.id,
      [`${clientId}@example.com`],
    ]);
    const partner = new Latchkey({ url: world.url });
    await partner.signIn({ name: clientId, password: PASSWORD });
    return { client, partner };
  }

  it("a client sees the groups of its level and the APIs of its audience, and nothing else of the catalogue", async () => {
    const group = await newGroup();
    const secret = await newGroup("A");
    const { partner } = await newPartner();

    expect((await partner.groups.list({ search: group.name })).totalCount).toBe(1);
    expect((await partner.groups.list({ search: secret.name })).totalCount).toBe(0);
    await expect(partner.groups.get(secret.id)).rejects.toMatchObject({ code: "NOT_FOUND" });

    const { apis } = await partner.groups.get(group.id);
    expect(apis.map(({ method }) => method)).toEqual(["GET"]);
    const seen = await partner.apis.list({ search: "hidden" });
    expect(seen.totalCount).toBe(0);
    const [hidden] = (await world.latchkey.groups.get(group.id)).apis.filter(({ audience }) => audience === "INTERNAL");
    await expect(partner.apis.get(hidden?.id ?? "")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("an approved request gives the group at once and tells both sides", async () => {
    const operator = unique("operator");
    const email = `${operator}@example.com`;
    await world.latchkey.users.create({ userName: operator, password: PASSWORD, role: "OPERATOR", email });
    const group = await newGroup();
    const { client, partner } = await newPartner();

    const request = await partner.accessRequests.request({ groupId: group.id, reason: "To show orders" });
    expect(request).toMatchObject({ status: "OPEN", reason: "To show orders", group: { name: group.name } });
    const asked = await world.latchkey.notifications.list({ search: group.name, filter: { kind: "accessRequested" } });
    expect(asked.nodes[0]).toMatchObject({
      recipients: expect.arrayContaining([email]),
      body: expect.stringContaining("To show orders"),
    });

    const decided = await world.latchkey.accessRequests.decide({
      id: request.id,
      decision: "APPROVE",
      reason: "Welcome",
    });
    expect(decided).toMatchObject({ status: "APPROVED", decidedBy: "admin", decisionReason: "Welcome" });
    expect((await world.latchkey.clients.get({ id: client.id })).groups.map(({ id }) => id)).toEqual([group.id]);
    const told = await world.latchkey.notifications.list({ search: group.name, filter: { kind: "accessDecided" } });
    expect(told.nodes[0]).toMatchObject({
      recipients: [`${client.clientId}@example.com`],
      subject: `Access to ${group.name} was approved`,
    });
    const { nodes } = await world.latchkey.audit.list({ filter: { targetId: request.id } });
    expect(nodes.map(({ event, actorName }) => [event, actorName])).toEqual([
      ["accessRequest.decided", "admin"],
      ["accessRequest.created", client.clientId],
    ]);
  });

  it("a denied request gives nothing, and may be asked for again", async () => {
    const group = await newGroup();
    const { client, partner } = await newPartner();
    const request = await partner.accessRequests.request({ groupId: group.id, reason: "Please" });
    await world.latchkey.accessRequests.decide({ id: request.id, decision: "DENY", reason: "Not yet" });
    expect((await world.latchkey.clients.get({ id: client.id })).groups).toEqual([]);
    expect(await partner.accessRequests.request({ groupId: group.id, reason: "Please!" })).toMatchObject({
      status: "OPEN",
    });
  });

  it("a request is decided once, also by two at the same time", async () => {
    const group = await newGroup();
    const { partner } = await newPartner();
    const { id } = await partner.accessRequests.request({ groupId: group.id, reason: "Please" });
    const decide = (decision: "APPROVE" | "DENY") =>
      world.latchkey.accessRequests.decide({ id, decision, reason: "So" });
    const outcomes = await Promise.allSettled([decide("APPROVE"), decide("DENY")]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(decide("APPROVE")).rejects.toMatchObject({ code: "CONFLICT", fields: [{ path: "id" }] });
  });

  it("refuses a second open request, a group that is held, one above the level and an unknown one", async () => {
    const [group, held, high] = [await newGroup(), await newGroup(), await newGroup("B")];
    const { client, partner } = await newPartner();
    await world.latchkey.clients.addGroups({ clientId: client.id, groupIds: [held.id] });
    const ask = (groupId: string) => partner.accessRequests.request({ groupId, reason: "Please" });
    await ask(group.id);
    await expect(ask(group.id)).rejects.toMatchObject({ code: "CONFLICT", fields: [{ path: "groupId" }] });
    await expect(ask(held.id)).rejects.toMatchObject({ code: "CONFLICT", fields: [{ path: "groupId" }] });
    const refusals = await Promise.all([high.id, client.id].map((id) => ask(id).catch((error: unknown) => error)));
    for (const refusal of refusals)
      expect(refusal).toMatchObject({ code: "INVALID_INPUT", fields: [{ path: "groupId" }] });
  });

  it("a client sees its own requests only, staff see all, filtered by status and client", async () => {
    const group = await newGroup();
    const [first, second] = [await newPartner(), await newPartner()];
    await first.partner.accessRequests.request({ groupId: group.id, reason: "First" });
    await second.partner.accessRequests.request({ groupId: group.id, reason: "Second" });
    const reasons = async (latchkey: Latchkey, query = {}) =>
      (await latchkey.accessRequests.list({ search: group.name, ...query })).nodes.map(({ reason }) => reason);
    expect(await reasons(first.partner)).toEqual(["First"]);
    expect(await reasons(first.partner, { filter: { clientId: second.client.clientId } })).toEqual([]);
    expect(await reasons(world.latchkey)).toEqual(["Second", "First"]);
    expect(await reasons(world.latchkey, { filter: { clientId: first.client.clientId } })).toEqual(["First"]);
    expect(await reasons(world.latchkey, { filter: { status: "DENIED" } })).toEqual([]);
  });

  it("only a client asks, and only an operator or administrator decides", async () => {
    const group = await newGroup();
    const { partner } = await newPartner();
    const { id } = await partner.accessRequests.request({ groupId: group.id, reason: "Please" });
    await expect(world.latchkey.accessRequests.request({ groupId: group.id, reason: "Me" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(partner.accessRequests.decide({ id, decision: "APPROVE", reason: "Me" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const absent = { id: group.id, decision: "DENY", reason: "No" } as const;
    await expect(world.latchkey.accessRequests.decide(absent)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const ask = `mutation ($input: RequestAccessInput!) { requestAccess(input: $input) { id } }`;
    const anonymous = await world.graphql(ask, { input: { groupId: group.id, reason: "Me" } }, null);
    expect(refusalIn(anonymous).code).toBe("UNAUTHENTICATED");
  });

  it("a name or reason with line breaks begins no header of its own", async () => {
    const group = await newGroup();
    const { partner } = await newPartner();
    await partner.accessRequests.request({ groupId: group.id, reason: "Please\r\nBcc: everybody@example.com" });
    const mail = await until("the mail", async () => {
      const { nodes } = await world.latchkey.notifications.list({ search: group.name });
      return nodes[0];
    });
    expect(mail.subject).not.toMatch(/[\r\n]/);
  });
});
