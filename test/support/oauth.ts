import { createHash, randomBytes } from "node:crypto";
import type { Client } from "@latchkey/sdk";
import { parseKeyRing } from "../../api/config/readers.js";
import { digestSecret } from "../../api/secrets/digest.js";
import { KeyRing } from "../../api/secrets/key-ring.js";
import { readOrMakeKeyRingFile } from "../../api/secrets/key-ring-file.js";
import { mintSecret } from "../../api/secrets/secret-format.js";
import { PASSWORD, seedApi, seedClient, seedGroup, unique } from "./seed.js";
import type { World } from "./world.js";

export interface OAuthAnswer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- the shape is the test's to know
  readonly body: any;
}

export type Form = Readonly<Record<string, string>> | readonly (readonly [string, string])[] | string | Buffer;

/** Sends a form as a program without a library would. */
export async function postForm(
  { url }: Pick<World, "url">,
  path: string,
  form: Form,
  headers: Readonly<Record<string, string>> = {},
): Promise<OAuthAnswer> {
  const response = await fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: typeof form === "string" || Buffer.isBuffer(form) ? new Uint8Array(Buffer.from(form)) : encoded(form),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
}

function encoded(form: Exclude<Form, string | Buffer>): string {
  const pairs = Array.isArray(form) ? (form as [string, string][]) : Object.entries(form as Record<string, string>);
  return new URLSearchParams(pairs).toString();
}

/** RFC 6749 section 2.3.1: each half form-encoded by itself. */
export function basic(clientId: string, password = PASSWORD): { authorization: string } {
  const halves = [clientId, password].map((half) => new URLSearchParams({ "": half }).toString().slice(1));
  return { authorization: `Basic ${Buffer.from(halves.join(":")).toString("base64")}` };
}

export interface TokenSettings {
  readonly grantTypes: readonly string[];
  readonly accessSeconds: number;
  readonly refreshSeconds: number;
  readonly accessUses: number;
  readonly refreshUses: number;
  readonly redirectUrls: readonly string[];
}

export const REDIRECT_URL = "https://partner.example.com/callback";

const SETTINGS: TokenSettings = {
  grantTypes: ["CLIENT_CREDENTIALS", "AUTHORIZATION_CODE", "REFRESH_TOKEN", "PASSWORD"],
  accessSeconds: 3_600,
  refreshSeconds: 86_400,
  accessUses: 0,
  refreshUses: 0,
  redirectUrls: [REDIRECT_URL],
};

export interface OAuthClient extends Client {
  /** Names of its scopes, sorted. */
  readonly scopeNames: readonly [string, string];
}

type Rights = {
  readonly group: { readonly id: string };
  readonly scope: { readonly id: string; readonly name: string };
};

/** Two groups and their scopes, shared by the clients of a world. */
const rights = new Map<string, Promise<readonly [Rights, Rights]>>();

async function seedRights(world: World): Promise<readonly [Rights, Rights]> {
  const api = await seedApi(world);
  const make = async (letter: string): Promise<Rights> => {
    const group = await seedGroup(world, { apiIds: [api.id] });
    return { group, scope: await world.latchkey.scopes.create({ name: unique(letter), groupIds: [group.id] }) };
  };
  return Promise.all([make("a"), make("b")]);
}

/** A client with a password, two scopes and these token settings; null: nobody has set any. */
export async function seedOAuthClient(
  world: World,
  settings: Partial<TokenSettings> | null = {},
  password = PASSWORD,
): Promise<OAuthClient> {
  const made = rights.get(world.databaseUrl) ?? seedRights(world);
  rights.set(world.databaseUrl, made);
  const [first, second] = await made;
  const { latchkey } = world;
  const groupIds = [first.group.id, second.group.id];
  const client = await seedClient(world, { password, passwordConfirmation: password, groupIds });
  await latchkey.clients.addScopes({ clientId: client.id, scopeIds: [first.scope.id, second.scope.id] });
  if (settings) await setTokens(world, client.id, settings);
  return { ...client, scopeNames: [first.scope.name, second.scope.name] };
}

export async function setTokens(world: World, clientId: string, settings: Partial<TokenSettings>): Promise<void> {
  const all = { ...SETTINGS, ...settings };
  await world.database.query(
    `insert into token_settings (client_id, grant_types, access_amount, access_unit, refresh_amount, refresh_unit,
       access_uses, refresh_uses, redirect_urls, updated_at)
     values ($1, $2, $3, 'SECOND', $4, 'SECOND', $5, $6, $7, now())
     on conflict (client_id) do update set grant_types = excluded.grant_types, access_amount = excluded.access_amount,
       refresh_amount = excluded.refresh_amount, access_uses = excluded.access_uses,
       refresh_uses = excluded.refresh_uses, redirect_urls = excluded.redirect_urls`,
    [
      clientId,
      all.grantTypes,
      all.accessSeconds,
      all.refreshSeconds,
      all.accessUses,
      all.refreshUses,
      all.redirectUrls,
    ],
  );
  // A mutation answers when every node knows of all changes before it, also when it is refused.
  const nobody = "00000000-0000-0000-0000-000000000000";
  await world.graphql(`mutation { endSession(input: { id: "${nobody}" }) { id } }`);
}

export interface MadeCode {
  readonly code: string;
  readonly verifier: string;
}

/** A code as the authorization endpoint makes it, of a user who has consented to these scopes, or else to all. */
export async function makeCode(
  world: World,
  client: Pick<Client, "id">,
  {
    userId,
    scopeIds,
    redirectUrlGiven = true,
    verifier = randomBytes(32).toString("base64url"),
    lifeMs = 60_000,
  }: {
    readonly userId: string;
    readonly scopeIds?: readonly string[];
    readonly redirectUrlGiven?: boolean;
    readonly verifier?: string;
    readonly lifeMs?: number;
  },
): Promise<MadeCode> {
  const keyRing = new KeyRing(parseKeyRing(await readOrMakeKeyRingFile(world.dataDir)));
  const { text: code, lookupId } = mintSecret("lk", "ac", randomBytes);
  const { digest, pepperVersion } = digestSecret(keyRing, code);
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const at = world.now();
  await world.database.query(
    `insert into authorization_codes (id, lookup_id, digest, pepper_version, client_id, user_id, redirect_url,
       redirect_url_given, code_challenge, scope_ids, own_groups, created_at, expires_at)
     values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, $8,
       coalesce($9::uuid[], array(select scope_id from client_scopes where client_id = $4)), $10, $11, $12)`,
    [
      lookupId,
      digest,
      pepperVersion,
      client.id,
      userId,
      REDIRECT_URL,
      redirectUrlGiven,
      challenge,
      scopeIds ?? null,
      scopeIds === undefined,
      at,
      new Date(at.getTime() + lifeMs),
    ],
  );
  return { code, verifier };
}

/** Exchanges a code. */
export function exchange(node: Pick<World, "url">, client: Pick<Client, "clientId">, { code, verifier }: MadeCode) {
  const form = { grant_type: "authorization_code", code, code_verifier: verifier, redirect_uri: REDIRECT_URL };
  return postForm(node, "/oauth/token", form, basic(client.clientId));
}

/** A token for the client itself. */
export function clientToken(node: Pick<World, "url">, client: Pick<Client, "clientId">, form: object = {}) {
  return postForm(node, "/oauth/token", { grant_type: "client_credentials", ...form }, basic(client.clientId));
}

export function refresh(node: Pick<World, "url">, client: Pick<Client, "clientId">, token: string, form: object = {}) {
  return postForm(
    node,
    "/oauth/token",
    { grant_type: "refresh_token", refresh_token: token, ...form },
    basic(client.clientId),
  );
}

export function introspect(node: Pick<World, "url">, client: Pick<Client, "clientId">, token: string) {
  return postForm(node, "/oauth/introspect", { token }, basic(client.clientId));
}

export function revoke(node: Pick<World, "url">, client: Pick<Client, "clientId">, token: string) {
  return postForm(node, "/oauth/revoke", { token }, basic(client.clientId));
}

/** An error in the standard's form, with its status. */
export function errorIn({ status, body }: OAuthAnswer): readonly [number, string] {
  return [status, body.error];
}
