import { askServer, type Credential, type GraphQLAnswer } from "./ask-server.js";
import { SIGN_IN, SIGN_OUT, WHO_AM_I } from "./session-operations.js";

export interface Session {
  readonly credential: Credential;
  readonly name: string;
  readonly role: string | null;
  /** Null for an API key, which knows its own end. */
  readonly expiresAt: string | null;
}

interface Actor {
  readonly name: string;
  readonly role: string | null;
}

const STORAGE_KEY = "latchkey:session";

export async function signIn(name: string, password: string): Promise<Session> {
  const answer = await askServer({ query: SIGN_IN, variables: { input: { name, password } } });
  const { token, expiresAt, actor } = fieldOf<{ token: string; expiresAt: string; actor: Actor }>(answer, "signIn");
  return { credential: { header: "authorization", value: `Bearer ${token}` }, ...actor, expiresAt };
}

export async function signInWithApiKey(apiKey: string): Promise<Session> {
  const credential: Credential = { header: "x-api-key", value: apiKey };
  const actor = fieldOf<Actor>(await askServer({ query: WHO_AM_I }, credential), "me");
  return { credential, ...actor, expiresAt: null };
}

/** Ends the session on the server too. A server that cannot be reached does not keep anybody signed in here. */
export async function signOut(session: Session): Promise<void> {
  sessionStorage.removeItem(STORAGE_KEY);
  if (session.credential.header === "authorization") {
    await askServer({ query: SIGN_OUT }, session.credential).catch(() => undefined);
  }
}

/** A session outlives a reload; an API key, which may be good for years, is kept in memory only. */
export function keepSession(session: Session): void {
  if (session.credential.header === "authorization") sessionStorage.setItem(STORAGE_KEY, JSON.stringify(session));
}

export function forgetSession(): void {
  sessionStorage.removeItem(STORAGE_KEY);
}

export function keptSession(now: Date): Session | undefined {
  const text = sessionStorage.getItem(STORAGE_KEY);
  if (!text) return undefined;
  const session = JSON.parse(text) as Session;
  return session.expiresAt !== null && new Date(session.expiresAt) <= now ? undefined : session;
}

function fieldOf<T>(answer: GraphQLAnswer, field: string): T {
  const value = answer.data?.[field];
  if (value) return value as T;
  throw new Error(answer.errors?.[0]?.message ?? "The server gave no answer.");
}
