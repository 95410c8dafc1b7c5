import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { addUser, signIn } from "../support/accounts.js";
import { PASSWORD } from "../support/seed.js";
import { startWorld, type World } from "../support/world.js";

/** More than can be at work and wait together: 2 and 32. */
const FLOOD = 120;
const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { token } }`;

describe("a flood of sign-ins", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  function flood(body: object): Promise<Response[]> {
    const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    return Promise.all(Array.from({ length: FLOOD }, () => world.fetch("/graphql", init)));
  }

  it("is answered 429 with Retry-After beyond those that wait, and counts nothing of it", async () => {
    const user = await addUser(world);
    await world.latchkey.accounts.setSignInPolicy({ userId: user.id, threshold: 100 });

    const answers = await flood({ query: SIGN_IN, variables: { input: { name: user.name, password: "wrong-one" } } });

    const served = answers.filter(({ status }) => status === 200);
    const turnedAway = answers.filter(({ status }) => status === 429);
    expect(served.length + turnedAway.length).toBe(FLOOD);
    expect(served.length).toBeGreaterThanOrEqual(33);
    expect(turnedAway.length).toBeGreaterThan(0);
    for (const answer of turnedAway) {
      expect(answer.headers.get("retry-after")).toBe("1");
      expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: "RATE_LIMITED" } }] });
    }
    const { signInPolicy } = await world.latchkey.users.get(user.id);
    expect(signInPolicy.failedSignIns).toBe(served.length);
  });

  it("leaves sign-ins that come after it alone", async () => {
    const user = await addUser(world);
    await flood({ query: SIGN_IN, variables: { input: { name: "nobody", password: "wrong-one" } } });
    expect(await signIn(world, user.name, PASSWORD)).toMatch(/^lk_ss_/);
  });

  it("does not keep an admin from giving passwords", async () => {
    const flooding = flood({ query: SIGN_IN, variables: { input: { name: "nobody", password: "wrong-one" } } });
    const added = await Promise.all(Array.from({ length: 10 }, () => addUser(world)));
    await flooding;
    for (const { name } of added) expect(await signIn(world, name)).toMatch(/^lk_ss_/);
  });

  it("does not keep other requests from being answered", async () => {
    const user = await addUser(world);
    const token = await signIn(world, user.name);
    const flooding = flood({ query: SIGN_IN, variables: { input: { name: "nobody", password: "wrong-one" } } });
    const order: string[] = [];
    await Promise.all([
      flooding.then(() => order.push("flood")),
      world.graphql("{ me { id } }", {}, token).then(() => order.push("me")),
    ]);
    expect(order).toEqual(["me", "flood"]);
  });
});
