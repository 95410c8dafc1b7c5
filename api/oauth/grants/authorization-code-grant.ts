import type { DataSource, EntityManager } from "typeorm";
import type { Call } from "../../access/call.js";
import { matchesDigest } from "../../secrets/digest.js";
import { parseSecret } from "../../secrets/secret-format.js";
import { GrantType } from "../../tokens/grant-type.js";
import { type GrantedScope, narrowScope } from "../../tokens/granted-scope.js";
import { issueTokens, type TokenMint } from "../../tokens/issue-tokens.js";
import { lockFamily, revokeFamily } from "../../tokens/revoke-family.js";
import { accessLimits, refreshLimits, settingsOf } from "../../tokens/token-limits.js";
import type { KnownClient } from "../../verification/known-clients.js";
import { invalidRequest } from "../oauth-error.js";
import { isCodeVerifier, provesChallenge } from "../pkce.js";
import { type Grant, type Granted, type GrantRequest, invalidGrant, type Outcome, settle } from "./grant.js";

/** Why a code does not do, whatever it is that is wrong with it. */
const REFUSED = invalidGrant(
  "The code is unknown, expired or used, or was given for another client, redirect or verifier.",
);

interface CodeRow {
  readonly id: string;
  readonly digest: Buffer;
  readonly pepper_version: number;
  readonly client_id: string;
  readonly user_id: string;
  readonly redirect_url: string;
  readonly redirect_url_given: boolean;
  readonly code_challenge: string;
  readonly scope_ids: string[];
  readonly own_groups: boolean;
  readonly expires_at: Date;
  readonly used_at: Date | null;
  readonly family_id: string | null;
}

/** What a client shows to be the one that a code was made for. */
interface Proof {
  readonly redirectUri: string | undefined;
  readonly verifier: string | undefined;
}

/** RFC 6749 section 4.1.3, with PKCE (RFC 7636 section 4.6). */
export class AuthorizationCodeGrant implements Grant {
  constructor(
    private readonly database: DataSource,
    private readonly mint: TokenMint,
    /** Waits until every node is bound by what was revoked. */
    private readonly everywhere: () => Promise<void>,
  ) {}

  async grant({ client, call, parameters }: GrantRequest): Promise<Granted> {
    const code = parameters.need("code");
    const verifier = parameters.get("code_verifier");
    const redirectUri = parameters.get("redirect_uri");
    if (verifier !== undefined && !isCodeVerifier(verifier))
      throw invalidRequest("The parameter code_verifier must have 43 to 128 of A-Z a-z 0-9 - . _ ~.");
    const outcome = await this.database.transaction(async (manager): Promise<Outcome> => {
      const row = await this.lockCode(manager, code);
      if (!row || row.client_id !== client.id) return { refusal: REFUSED };
      if (row.used_at) return this.endFamily(manager, call, row);
      if (!proves(row, { redirectUri, verifier }, call.now)) return { refusal: REFUSED };
      return this.exchange(manager, call, client, row);
    });
    return settle(outcome, this.everywhere);
  }

  /** Whoever holds the row is the only one to use it. */
  private async lockCode(manager: EntityManager, code: string): Promise<CodeRow | undefined> {
    const { keyRing, brand } = this.mint;
    const parsed = parseSecret(brand, code);
    if (parsed?.kind !== "ac") return undefined;
    const rows: CodeRow[] = await manager.query("select * from authorization_codes where lookup_id = $1 for update", [
      parsed.lookupId,
    ]);
    const [row] = rows;
    if (!row) return undefined;
    const stored = { digest: row.digest, pepperVersion: row.pepper_version };
    return matchesDigest(keyRing, stored, code) ? row : undefined;
  }

  /** RFC 6749 section 4.1.2: used twice, somebody else has it too, and what it gave may be with the wrong one. */
  private async endFamily(manager: EntityManager, call: Call, { family_id }: CodeRow): Promise<Outcome> {
    const family = family_id === null ? null : await lockFamily(manager, family_id);
    if (family) await revokeFamily(manager, call, family, "its authorization code was used twice");
    return { refusal: REFUSED, hasRevoked: family !== null };
  }

  private async exchange(manager: EntityManager, call: Call, client: KnownClient, row: CodeRow): Promise<Granted> {
    const scope = narrowScope(client.scopes, scopeOf(row), []) as GrantedScope;
    const settings = settingsOf(client);
    const issued = await issueTokens(manager, this.mint, call, {
      clientId: client.id,
      grantType: GrantType.AUTHORIZATION_CODE,
      userId: row.user_id,
      scope,
      access: accessLimits(settings),
      refresh: refreshLimits(settings),
    });
    await manager.query("update authorization_codes set used_at = $2, family_id = $3 where id = $1", [
      row.id,
      call.now,
      issued.familyId,
    ]);
    return { issued, scope };
  }
}

function proves(row: CodeRow, { redirectUri, verifier }: Proof, now: Date): boolean {
  const isSameRedirect = redirectUri === undefined ? !row.redirect_url_given : redirectUri === row.redirect_url;
  return (
    now < row.expires_at && isSameRedirect && verifier !== undefined && provesChallenge(verifier, row.code_challenge)
  );
}

function scopeOf({ scope_ids: ids, own_groups: ownGroups }: CodeRow): Pick<GrantedScope, "ids" | "ownGroups"> {
  return { ids, ownGroups };
}
