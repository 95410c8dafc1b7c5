import type { Role } from "@latchkey/sdk";
import { type GraphqlAnswer, refusalIn } from "./graphql.js";
import type { World } from "./world.js";

/** Of every account that is seeded here. */
export const PASSWORD = "a-seeded-pass-phrase";

let seeded = 0;

export interface SeededUser {
  readonly id: string;
  readonly name: string;
}

export async function seedUser(world: World, role: Role = "MEMBER"): Promise<SeededUser> {
  const name = `user-${++seeded}`;
  const { id } = await world.latchkey.users.create({ userName: name, password: PASSWORD, role });
  return { id, name };
}

/** With a password it can sign in. Its `name` is its client id. */
export async function seedClient(world: World, password: string | null = PASSWORD): Promise<SeededUser> {
  const name = `client-${++seeded}`;
  const passwords = password === null ? {} : { password, passwordConfirmation: password };
  const facts = { clientId: name, name, displayName: name, note: "seeded" };
  const { id } = await world.latchkey.clients.create({ ...facts, ...passwords });
  return { id, name };
}

const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { token } }`;

export function trySignIn(world: World, name: string, password: string): Promise<GraphqlAnswer> {
  return world.graphql(SIGN_IN, { input: { name, password } }, null);
}

export async function failSignIns(world: World, name: string, times: number): Promise<void> {
  for (let time = 0; time < times; time++) refusalIn(await trySignIn(world, name, "a-wrong-pass-phrase"));
}

/** Signs in, and gives the session token. */
export async function signIn(world: World, name: string, password = PASSWORD): Promise<string> {
  const { data, errors } = await trySignIn(world, name, password);
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return data.signIn.token;
}

/** Whether a session token still opens the door. */
export async function isInForce(world: World, token: string): Promise<boolean> {
  return (await world.graphql("{ me { id } }", {}, token)).status === 200;
}

/** Audit events about a thing, oldest first. */
export async function eventsAbout(world: World, targetId: string, event?: string) {
  const { nodes } = await world.latchkey.audit.list({ filter: { targetId, ...(event !== undefined && { event }) } });
  return [...nodes].reverse();
}
