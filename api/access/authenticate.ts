import type { DataSource } from "typeorm";
import { Client, ClientStatus } from "../clients/client.entity.js";
import { isInForce, statusOf } from "../clients/client-status.js";
import { ApiError } from "../errors.js";
import { findSecret, isAccepted } from "../keys/find-by-secret.js";
import { matchesDigest } from "../secrets/digest.js";
import type { KeyRing } from "../secrets/key-ring.js";
import { parseSecret } from "../secrets/secret-format.js";
import { Session } from "../users/session.entity.js";
import { User } from "../users/user.entity.js";
import type { Actor } from "./actor.js";
import type { CallOrigin } from "./call.js";
import { CLIENT_PERMISSIONS, permissionsOf } from "./permissions.js";

/** Told which session a call came with, without making the call wait. */
export interface SessionUse {
  touch(sessionId: string, use: { readonly atMs: number; readonly address: string | null }): void;
}

/** Told which secret of a key has matched its digest, to digest it anew with a newer pepper. */
export interface DigestUse {
  note(secretId: string, stored: { readonly pepperVersion: number | null }, text: string): void;
}

/** Tells who calls the management API: the holder of a session token, or of a user's API key (1.5). */
export class Authenticator {
  constructor(
    private readonly database: DataSource,
    private readonly keyRing: KeyRing,
    private readonly brand: string,
    private readonly sessionUse: SessionUse,
    private readonly digestUpgrades: DigestUse,
  ) {}

  /** Throws UNAUTHENTICATED, with one answer for every reason, unless the credential is in force. */
  async authenticate(credential: string, origin: CallOrigin): Promise<Actor> {
    const parsed = parseSecret(this.brand, credential);
    if (parsed?.kind === "ss") return this.bySession(parsed.lookupId, credential, origin);
    return this.byApiKey(credential, origin.now);
  }

  private async bySession(lookupId: string, credential: string, { now, address }: CallOrigin): Promise<Actor> {
    const session = await this.database.manager.findOneBy(Session, { lookupId });
    if (!session || !matchesDigest(this.keyRing, session, credential)) throw unauthenticated("unknown session");
    if (session.endedAt || session.expiresAt <= now) throw unauthenticated(`session ${session.id} is over`);
    const actor = session.userId
      ? await this.user(session.userId, null, { sessionId: session.id, apiKeyId: null })
      : await this.client(session.clientId as string, session.id, now);
    this.sessionUse.touch(session.id, { atMs: now.getTime(), address });
    return actor;
  }

  private async byApiKey(credential: string, now: Date): Promise<Actor> {
    const { keyRing, brand } = this;
    const found = await findSecret(this.database.manager, { keyRing, brand }, credential);
    if (!found || !isAccepted(found.key, found.secret, now)) throw unauthenticated("unknown API key");
    const { key, secret } = found;
    this.digestUpgrades.note(secret.id, secret, credential);
    if (!key.userId) throw unauthenticated(`API key ${key.id} is a client's`);
    if (key.draft) throw unauthenticated(`API key ${key.id} is not confirmed`);
    if (key.revokedAt || key.disabledAt) throw unauthenticated(`API key ${key.id} is revoked or disabled`);
    if (key.effectiveAt > now || (key.expiresAt && key.expiresAt <= now)) {
      throw unauthenticated(`API key ${key.id} is outside its dates`);
    }
    return this.user(key.userId, key.permissions, { sessionId: null, apiKeyId: key.id });
  }

  private async user(
    id: string,
    narrowedTo: readonly string[] | null,
    by: Pick<Actor, "sessionId" | "apiKeyId">,
  ): Promise<Actor> {
    const user = await this.database.manager.findOneBy(User, { id });
    if (!user) throw unauthenticated(`user ${id} is gone`);
    return userActor(user, narrowedTo, by);
  }

  private async client(id: string, sessionId: string, now: Date): Promise<Actor> {
    const client = await this.database.manager.findOneBy(Client, { id });
    if (!client || statusOf(client, now) !== ClientStatus.ENABLED || !isInForce(client, now)) {
      throw unauthenticated(`client ${id} is gone, not enabled or not in force`);
    }
    return clientActor(client, sessionId);
  }
}

export function userActor(
  user: User,
  narrowedTo: readonly string[] | null,
  by: Pick<Actor, "sessionId" | "apiKeyId">,
): Actor {
  const permissions = permissionsOf(user.role, narrowedTo);
  return {
    kind: "USER",
    id: user.id,
    name: user.userName,
    role: user.role,
    permissions,
    timeZone: user.timeZone,
    passwordChangeRequired: by.sessionId !== null && user.passwordChangeRequired,
    sight: null,
    ...by,
  };
}

export function clientActor(client: Client, sessionId: string): Actor {
  return {
    kind: "CLIENT",
    id: client.id,
    name: client.clientId,
    role: null,
    permissions: CLIENT_PERMISSIONS,
    timeZone: client.timeZone,
    sight: { audience: client.audience, securityLevel: client.securityLevel },
    sessionId,
    apiKeyId: null,
    passwordChangeRequired: client.passwordChangeRequired,
  };
}

function unauthenticated(detail: string): ApiError {
  return new ApiError("UNAUTHENTICATED", "The session token or API key is unknown or not in force. Sign in again.", {
    detail,
  });
}
