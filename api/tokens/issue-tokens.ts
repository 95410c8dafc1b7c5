import { randomBytes } from "node:crypto";
import type { Call } from "../access/call.js";
import { rowOf } from "../audit/record.js";
import { newId } from "../database/new-id.js";
import { digestSecret } from "../secrets/digest.js";
import type { KeyRing } from "../secrets/key-ring.js";
import { mintSecret } from "../secrets/secret-format.js";
import type { GrantType } from "./grant-type.js";
import type { GrantedScope } from "./granted-scope.js";
import { sealToken } from "./sealed-token.js";

/** Of pg, or of a transaction. */
export interface Writer {
  query(sql: string, values: unknown[]): Promise<unknown>;
}

export interface TokenMint {
  readonly keyRing: KeyRing;
  readonly brand: string;
}

/** How long, and how often, a token can be used. */
export interface TokenLimits {
  readonly validityMs: number;
  /** 0: any number. */
  readonly usesMax: number;
}

export interface Issue {
  readonly clientId: string;
  readonly grantType: GrantType;
  /** Who consented, or signed in; null: the client for itself. */
  readonly userId: string | null;
  /** Of the family. Those of the access token may be fewer. */
  readonly scope: GrantedScope;
  readonly accessScope?: GrantedScope;
  readonly access: TokenLimits;
  /** Null: without a refresh token. */
  readonly refresh: TokenLimits | null;
  /** Whether the tokens are kept encrypted, to be shown again. */
  readonly save?: boolean;
  /** Another issue in a family that there is. */
  readonly familyId?: string;
}

export interface IssuedToken {
  readonly id: string;
  readonly text: string;
  readonly lookupId: string;
  readonly expiresAt: Date;
}

export interface Issued {
  readonly familyId: string;
  readonly access: IssuedToken;
  readonly refresh: IssuedToken | null;
}

const FAMILY_COLUMNS =
  "id uuid, client_id uuid, user_id uuid, grant_type text, scope_ids uuid[], own_groups boolean, created_at timestamptz";
const TOKEN_COLUMNS = `id uuid, family_id uuid, kind text, lookup_id text, digest text, pepper_version smallint, scope_ids uuid[],
  own_groups boolean, uses_max integer, created_at timestamptz, expires_at timestamptz, sealed text, sealed_version smallint`;
const EVENT_COLUMNS = `id uuid, at timestamptz, event text, "actorKind" text, "actorId" uuid, "actorName" text, "actorRole" text,
  "apiKeyId" uuid, address text, "requestId" text, "transactionRef" text, "targetKind" text, "targetId" uuid, reason text,
  before jsonb, after jsonb`;

/** Tokens, their family and the audit event are written in one statement: all of them, or none. */
const ISSUE = `
  with family as (
    insert into token_families (id, client_id, user_id, grant_type, scope_ids, own_groups, created_at)
    select * from jsonb_to_recordset($1) as f(${FAMILY_COLUMNS})
  ), event as (
    insert into audit_events (id, at, event, actor_kind, actor_id, actor_name, actor_role, api_key_id, address, request_id,
      transaction_ref, target_kind, target_id, reason, before, after)
    select * from jsonb_to_recordset($3) as e(${EVENT_COLUMNS})
  )
  insert into tokens (id, family_id, kind, lookup_id, digest, pepper_version, scope_ids, own_groups, uses_max, created_at,
    expires_at, sealed, sealed_version)
  select id, family_id, kind, lookup_id, decode(digest, 'hex'), pepper_version, scope_ids, own_groups, uses_max, created_at,
    expires_at, decode(sealed, 'hex'), sealed_version
  from jsonb_to_recordset($2) as t(${TOKEN_COLUMNS})`;

export async function issueTokens(writer: Writer, mint: TokenMint, call: Call, issue: Issue): Promise<Issued> {
  const familyId = issue.familyId ?? newId(call.now);
  const access = mintToken(mint, call.now, { ...issue, familyId, kind: "ACCESS", limits: issue.access });
  const refresh =
    issue.refresh && mintToken(mint, call.now, { ...issue, familyId, kind: "REFRESH", limits: issue.refresh });
  const tokens = refresh ? [access, refresh] : [access];
  const happening = {
    event: "token.issued",
    targetKind: "Token",
    targetId: access.id,
    after: factsOf(issue, familyId, tokens),
  };
  await writer.query(ISSUE, [
    JSON.stringify(issue.familyId === undefined ? [familyRow(issue, familyId, call.now)] : []),
    JSON.stringify(tokens.map(({ row }) => row)),
    JSON.stringify([rowOf(call, happening)]),
  ]);
  return { familyId, access: shown(access), refresh: refresh && shown(refresh) };
}

interface Wanted extends Issue {
  readonly kind: "ACCESS" | "REFRESH";
  readonly limits: TokenLimits;
}

interface Minted extends IssuedToken {
  readonly row: object;
}

function mintToken({ keyRing, brand }: TokenMint, now: Date, wanted: Wanted): Minted {
  const { kind, limits, familyId, scope, accessScope, save } = wanted;
  const id = newId(now);
  const { text, lookupId } = mintSecret(brand, kind === "ACCESS" ? "at" : "rt", randomBytes);
  const { digest, pepperVersion } = digestSecret(keyRing, text);
  const expiresAt = new Date(now.getTime() + limits.validityMs);
  const { ids, ownGroups } = kind === "ACCESS" ? (accessScope ?? scope) : scope;
  const { sealed, sealedVersion } = save ? sealToken(keyRing, id, text) : { sealed: null, sealedVersion: null };
  const row = {
    id,
    family_id: familyId,
    kind,
    lookup_id: lookupId,
    digest: digest.toString("hex"),
    pepper_version: pepperVersion,
    scope_ids: ids,
    own_groups: ownGroups,
    uses_max: limits.usesMax,
    created_at: now,
    expires_at: expiresAt,
    sealed: sealed && sealed.toString("hex"),
    sealed_version: sealedVersion,
  };
  return { id, text, lookupId, expiresAt, row };
}

function familyRow({ clientId, userId, grantType, scope }: Issue, id: string, now: Date): object {
  return {
    id,
    client_id: clientId,
    user_id: userId,
    grant_type: grantType,
    scope_ids: scope.ids,
    own_groups: scope.ownGroups,
    created_at: now,
  };
}

function factsOf(issue: Issue, familyId: string, tokens: readonly IssuedToken[]) {
  const { clientId, userId, grantType, scope, accessScope = scope, save = false } = issue;
  const lookupIds = tokens.map(({ lookupId }) => lookupId);
  return { familyId, clientId, userId, grantType, scopes: accessScope.names, lookupIds, saved: save };
}

function shown({ id, text, lookupId, expiresAt }: Minted): IssuedToken {
  return { id, text, lookupId, expiresAt };
}
