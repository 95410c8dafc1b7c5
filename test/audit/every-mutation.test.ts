import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { buildSchema, type GraphQLField, getNamedType, isObjectType } from "graphql";
import { root } from "../readme/code-blocks.js";
import { failSignIns } from "../support/accounts.js";
import type { GraphqlAnswer } from "../support/graphql.js";
import { PASSWORD, seedUser, unique } from "../support/seed.js";
import { type ServiceRole, serviceRoleOf } from "../support/service-role.js";
import { until } from "../support/until.js";
import { joinWorld, startWorld, type World } from "../support/world.js";
import { EVENTS_OF_MUTATIONS, type Recorded } from "./events-of-mutations.js";

/** How many run at once. */
const LANES = 2;

type Mutation = GraphQLField<unknown, unknown>;

describe("every mutation", () => {
  let home: World;
  let role: ServiceRole;
  let world: World;
  let mutations: readonly Mutation[];

  before(async () => {
    home = await startWorld();
    role = await serviceRoleOf(home);
    // What is not granted to the service would fail here.
    world = await joinWorld(home, {}, role.wayTo);
    const schema = buildSchema(await readFile(join(root, "schema/schema.graphql"), "utf8"));
    mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  });

  after(async () => {
    await world.stop();
    await role.drop();
    await home.stop();
  });

  /** Sent by hand, with ids of the call's own. */
  async function call(mutation: Mutation, { input, credential = world.token, selection = "" }: Recorded, ref: string) {
    const { name, args, type } = mutation;
    const variable = args.length > 0 ? `($input: ${String(args[0]?.type)})` : "";
    const fields = isObjectType(getNamedType(type)) ? `{ __typename ${selection} }` : "";
    const query = `mutation ${variable} { ${name}${args.length > 0 ? "(input: $input)" : ""} ${fields} }`;
    const answer = await world.fetch("/graphql", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-request-id": ref,
        "x-transaction-ref": `of-${ref}`,
        ...(credential !== null && { authorization: `Bearer ${credential}` }),
      },
      body: JSON.stringify({ query, variables: { input } }),
    });
    const { data = null, errors = [] } = (await answer.json()) as Partial<GraphqlAnswer>;
    return { data, errors };
  }

  it("is in the table of the events that mutations leave, and nothing else is", () => {
    expect(Object.keys(EVENTS_OF_MUTATIONS).sort()).toEqual(mutations.map(({ name }) => name).sort());
  });

  it("leaves its events, with who, from where, in which call, what and why, and no secret in any", async () => {
    const secrets: string[] = [PASSWORD];
    const left: Record<string, readonly string[]> = {};
    const expected: Record<string, readonly string[]> = {};
    const run = async (mutation: Mutation): Promise<void> => {
      const row = EVENTS_OF_MUTATIONS[mutation.name];
      if (typeof row !== "function") return;
      const recorded = await row(world);
      expected[mutation.name] = [...recorded.events].sort();
      const requestId = unique(mutation.name);
      const { data, errors } = await call(mutation, recorded, requestId);
      secrets.push(...secretsIn(data), ...secretsIn(recorded.input));
      if (errors.length > 0) {
        left[mutation.name] = errors.map(({ message }) => message);
        return;
      }
      const found = await until(`the events of ${mutation.name}`, async () => {
        const { nodes } = await world.latchkey.audit.list({ filter: { requestId } });
        return nodes.length > 0 && nodes;
      });
      left[mutation.name] = found.map(({ event }) => event).sort();
      for (const event of found) {
        expect({ mutation: mutation.name, ...event }).toMatchObject({
          actorName: recorded.actor ?? "admin",
          address: "127.0.0.1",
          transactionRef: `of-${requestId}`,
          targetKind: expect.stringMatching(/^[A-Z]\w+$/),
          targetId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          ...(recorded.actor === undefined && { actorKind: "USER", actorRole: "SYSTEM_ADMIN" }),
          ...(recorded.reason !== undefined && { reason: recorded.reason }),
        });
      }
    };
    const lanes = Array.from({ length: LANES }, (_, lane) => mutations.filter((_, index) => index % LANES === lane));
    await Promise.all(
      lanes.map(async (lane) => {
        for (const mutation of lane) await run(mutation);
      }),
    );
    expect(left).toEqual(expected);
    const { rows } = await world.database.query("select string_agg(to_jsonb(e)::text, '') as text from audit_events e");
    expect(secrets.length).toBeGreaterThan(10);
    for (const secret of secrets) expect(rows[0].text.includes(secret)).toBe(false);
  });

  it("that did not come to pass leaves none: a failed change takes its event back", async () => {
    const requestId = unique("refused");
    const region = mutations.find(({ name }) => name === "createRegion") as Mutation;
    const input = { code: unique("r"), name: unique("Region") };
    await world.latchkey.regions.create(input);
    expect((await call(region, { input, events: [] }, requestId)).errors.length).toBe(1);
    expect((await world.latchkey.audit.list({ filter: { requestId } })).nodes).toEqual([]);
  });

  it("that was refused for want of rights leaves one, and so does a failed sign-in", async () => {
    const { user, token } = await seedUser(world, "MEMBER");
    const requestId = unique("forbidden");
    const deletion = mutations.find(({ name }) => name === "deleteUser") as Mutation;
    await call(deletion, { input: { id: user.id }, credential: token, events: [] }, requestId);
    expect((await world.latchkey.audit.list({ filter: { requestId } })).nodes).toMatchObject([
      { event: "mutation.forbidden", actorId: user.id, actorRole: "MEMBER", after: { mutation: "deleteUser" } },
    ]);
    await failSignIns(world, user.userName, 1);
    expect(
      (await world.latchkey.audit.list({ filter: { targetId: user.id, event: "signIn.failed" } })).totalCount,
    ).toBe(1);
  });
});

/** Of fields that hold one. */
function secretsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    typeof each === "string" && /secret|token|password|hash/i.test(name) ? [each] : secretsIn(each),
  );
}
