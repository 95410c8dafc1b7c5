import { randomBytes } from "node:crypto";
import type { DataSource, EntityManager } from "typeorm";
import type { Call } from "../../access/call.js";
import { record } from "../../audit/record.js";
import { newId } from "../../database/new-id.js";
import { digestSecret } from "../../secrets/digest.js";
import { mintSecret } from "../../secrets/secret-format.js";
import { GrantType } from "../../tokens/grant-type.js";
import { issueTokens, type TokenMint } from "../../tokens/issue-tokens.js";
import { accessLimits, settingsOf } from "../../tokens/token-limits.js";
import type { AuthorizationRequest } from "./authorization-request.js";

/** RFC 6749 section 4.1.2: ten minutes at most. Clients exchange it at once. */
const CODE_LIFE_MS = 60_000;

/** What a user has decided about a client's request: written together with its audit event. */
export class Decisions {
  constructor(
    private readonly database: DataSource,
    private readonly mint: TokenMint,
  ) {}

  /** Gives what the client is told. */
  async allow(call: Call, request: AuthorizationRequest): Promise<Readonly<Record<string, string>>> {
    return this.database.transaction(async (manager) => {
      const { answer, lookupId } = request.codeChallenge
        ? await this.makeCode(manager, call, request, request.codeChallenge)
        : await this.makeToken(manager, call, request);
      await record(manager, call, { ...happening("granted", request), after: { ...factsOf(request), lookupId } });
      return answer;
    });
  }

  async deny(call: Call, request: AuthorizationRequest): Promise<void> {
    await record(this.database.manager, call, { ...happening("denied", request), after: factsOf(request) });
  }

  private async makeCode(manager: EntityManager, call: Call, request: AuthorizationRequest, challenge: string) {
    const { text, lookupId } = mintSecret(this.mint.brand, "ac", randomBytes);
    const { digest, pepperVersion } = digestSecret(this.mint.keyRing, text);
    const { client, way, scope } = request;
    await manager.query(INSERT_CODE, [
      newId(call.now),
      lookupId,
      digest,
      pepperVersion,
      client.id,
      call.actor.id,
      way.redirectUrl,
      way.redirectUrlGiven,
      challenge,
      scope.ids,
      scope.ownGroups,
      call.now,
      new Date(call.now.getTime() + CODE_LIFE_MS),
    ]);
    return { answer: { code: text }, lookupId };
  }

  /** RFC 6749 section 4.2.2: without a refresh token. */
  private async makeToken(manager: EntityManager, call: Call, { client, scope }: AuthorizationRequest) {
    const limits = accessLimits(settingsOf(client));
    const { access } = await issueTokens(manager, this.mint, call, {
      clientId: client.id,
      grantType: GrantType.IMPLICIT,
      userId: call.actor.id,
      scope,
      access: limits,
      refresh: null,
    });
    const answer = {
      access_token: access.text,
      token_type: "Bearer",
      expires_in: String(Math.floor(limits.validityMs / 1_000)),
      scope: scope.names.join(" "),
    };
    return { answer, lookupId: access.lookupId };
  }
}

const INSERT_CODE = `
  insert into authorization_codes (id, lookup_id, digest, pepper_version, client_id, user_id, redirect_url, redirect_url_given,
    code_challenge, scope_ids, own_groups, created_at, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`;

function happening(happened: string, { client }: AuthorizationRequest) {
  return { event: `authorization.${happened}`, targetKind: "Client", targetId: client.id };
}

function factsOf({ way, scope }: AuthorizationRequest) {
  return { redirectUrl: way.redirectUrl, scopes: scope.names, ownGroups: scope.ownGroups };
}
