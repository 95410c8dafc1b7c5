import type { Role } from "@latchkey/sdk";
import { type GraphqlAnswer, refusalIn } from "./graphql.js";
import { PASSWORD, seedClient, unique } from "./seed.js";
import type { World } from "./world.js";

/** A user, or a client, by the name to sign in with. */
export interface Account {
  readonly id: string;
  readonly name: string;
}

export async function addUser({ latchkey }: World, role: Role = "MEMBER"): Promise<Account> {
  const name = unique("user");
  const { id } = await latchkey.users.create({ userName: name, password: PASSWORD, role });
  return { id, name };
}

export async function addClient(world: World): Promise<Account> {
  return named(await seedClient(world, { password: PASSWORD, passwordConfirmation: PASSWORD }));
}

export async function addClientWithoutPassword(world: World): Promise<Account> {
  return named(await seedClient(world));
}

function named({ id, clientId }: { readonly id: string; readonly clientId: string }): Account {
  return { id, name: clientId };
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
