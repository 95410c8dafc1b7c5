import { randomBytes } from "node:crypto";
import type { DataSource } from "typeorm";
import type { Actor } from "../access/actor.js";
import { clientActor, userActor } from "../access/authenticate.js";
import type { Call, CallOrigin } from "../access/call.js";
import { record } from "../audit/record.js";
import { Client, ClientStatus } from "../clients/client.entity.js";
import { newId } from "../database/new-id.js";
import { ApiError } from "../errors.js";
import { digestSecret } from "../secrets/digest.js";
import type { KeyRing } from "../secrets/key-ring.js";
import { verifyPassword } from "../secrets/passwords.js";
import { mintSecret } from "../secrets/secret-format.js";
import { Session } from "./session.entity.js";
import { User } from "./user.entity.js";
import type { SignInInput } from "./user.types.js";

const SESSION_LIFE_MS = 12 * 60 * 60 * 1_000;

export interface SignedIn {
  readonly token: string;
  readonly expiresAt: Date;
  readonly actor: Actor;
}

export class SessionService {
  constructor(
    private readonly database: DataSource,
    private readonly keyRing: KeyRing,
    private readonly brand: string,
  ) {}

  /** A user's name wins over a client id of the same letters. */
  async signIn(origin: CallOrigin, { name, password }: SignInInput): Promise<SignedIn> {
    const user = await this.findUser(name);
    const client = user ? null : await this.database.manager.findOneBy(Client, { clientId: name });
    const digest = user?.passwordDigest ?? client?.passwordDigest ?? undefined;
    const matches = await verifyPassword(digest, password);
    if (!matches || (client && client.status !== ClientStatus.ENABLED)) {
      // Unknown name, wrong password and disabled client: one answer, after the same work.
      throw new ApiError("UNAUTHENTICATED", "The name or the password is wrong.");
    }

    const sessionId = newId(origin.now);
    const { text, lookupId } = mintSecret(this.brand, "ss", randomBytes);
    const expiresAt = new Date(origin.now.getTime() + SESSION_LIFE_MS);
    const actor = user
      ? userActor(user, null, { sessionId, apiKeyId: null })
      : clientActor(client as Client, sessionId);
    await this.database.transaction(async (manager) => {
      await manager.insert(Session, {
        id: sessionId,
        lookupId,
        ...digestSecret(this.keyRing, text),
        userId: user?.id ?? null,
        clientId: client?.id ?? null,
        address: origin.address,
        createdAt: origin.now,
        expiresAt,
        endedAt: null,
      });
      const happening = { event: "session.started", targetKind: "Session", targetId: sessionId };
      await record(manager, { ...origin, actor }, happening);
    });
    return { token: text, expiresAt, actor };
  }

  /** Ends the session that the call came with. An API key has none: its call changes nothing. */
  async signOut(call: Call): Promise<boolean> {
    const id = call.actor.sessionId;
    if (id === null) return false;
    await this.database.transaction(async (manager) => {
      await manager.update(Session, { id }, { endedAt: call.now });
      await record(manager, call, { event: "session.ended", targetKind: "Session", targetId: id });
    });
    return true;
  }

  private findUser(name: string): Promise<User | null> {
    return this.database
      .getRepository(User)
      .createQueryBuilder("account")
      .where("lower(account.userName) = lower(:name)", { name })
      .getOne();
  }
}
