import { randomBytes } from "node:crypto";
import type { DataSource, EntityManager } from "typeorm";
import { type Actor, SYSTEM_ACTOR } from "../access/actor.js";
import { clientActor, userActor } from "../access/authenticate.js";
import type { Call, CallOrigin } from "../access/call.js";
import { reachesSession } from "../access/reach.js";
import { record } from "../audit/record.js";
import type { Client } from "../clients/client.entity.js";
import { newId } from "../database/new-id.js";
import type { Page } from "../database/paginate.js";
import { ApiError, notFound } from "../errors.js";
import { digestSecret } from "../secrets/digest.js";
import type { KeyRing } from "../secrets/key-ring.js";
import { withPasswordHasher } from "../secrets/passwords.js";
import { mintSecret } from "../secrets/secret-format.js";
import { checkPassword } from "./check-password.js";
import { findAccountByName } from "./find-account.js";
import { listSessions } from "./list-sessions.js";
import { Session } from "./session.entity.js";
import type { SessionArgs, SignInInput } from "./session.types.js";
import { takeSignInTurn } from "./sign-in-turns.js";
import { User } from "./user.entity.js";

const SESSION_LIFE_MS = 12 * 60 * 60 * 1_000;

/** Who tries to sign in is not known yet. The name is not told either: people type passwords into its field. */
const SOMEBODY: Actor = { ...SYSTEM_ACTOR, name: "somebody" };

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

  /** Unknown name, wrong password, locked and disabled account: one answer, after the same work. */
  async signIn(origin: CallOrigin, { name, password }: SignInInput): Promise<SignedIn> {
    const signedIn = await withPasswordHasher("STRANGER", (hasher) =>
      this.database.transaction(async (manager) => {
        await takeSignInTurn(manager, name);
        const account = await findAccountByName(manager, name);
        const matches = await checkPassword(manager, hasher, { ...origin, actor: SOMEBODY }, account, password);
        // Not thrown in here: the failure is to be counted.
        return account && matches ? this.start(manager, origin, account) : undefined;
      }),
    );
    if (!signedIn) throw new ApiError("UNAUTHENTICATED", "The name or the password is wrong.");
    return signedIn;
  }

  list(call: Call, args: SessionArgs): Promise<Page<Session>> {
    return listSessions(this.database, call, args);
  }

  /** Ending a session again changes nothing. */
  async end(call: Call, id: string): Promise<Session> {
    return this.database.transaction(async (manager) => {
      const session = await manager.findOne(Session, { where: { id }, lock: { mode: "pessimistic_write" } });
      if (!session || !reachesSession(call.actor, session)) throw notFound("session", `id=${id}`);
      return this.markEnded(manager, call, session);
    });
  }

  /** Ends the session that the call came with. An API key has none: its call changes nothing. */
  async signOut(call: Call): Promise<boolean> {
    const id = call.actor.sessionId;
    if (id === null) return false;
    await this.database.transaction(async (manager) => {
      const session = await manager.findOne(Session, { where: { id }, lock: { mode: "pessimistic_write" } });
      if (session) await this.markEnded(manager, call, session);
    });
    return true;
  }

  private async markEnded(manager: EntityManager, call: Call, session: Session): Promise<Session> {
    if (session.endedAt) return session;

    const ended = { endedAt: call.now };
    await manager.update(Session, { id: session.id }, ended);
    await record(manager, call, { event: "session.ended", targetKind: "Session", targetId: session.id, after: ended });
    return Object.assign(session, ended);
  }

  private async start(manager: EntityManager, origin: CallOrigin, account: User | Client): Promise<SignedIn> {
    const sessionId = newId(origin.now);
    const { text, lookupId } = mintSecret(this.brand, "ss", randomBytes);
    const expiresAt = new Date(origin.now.getTime() + SESSION_LIFE_MS);
    const isUser = account instanceof User;
    const actor = isUser ? userActor(account, null, { sessionId, apiKeyId: null }) : clientActor(account, sessionId);
    await manager.insert(Session, {
      id: sessionId,
      lookupId,
      ...digestSecret(this.keyRing, text),
      userId: isUser ? account.id : null,
      clientId: isUser ? null : account.id,
      address: origin.address,
      createdAt: origin.now,
      expiresAt,
      endedAt: null,
      lastAccessedAt: origin.now,
      lastAccessedFrom: origin.address,
    });
    const happening = { event: "session.started", targetKind: "Session", targetId: sessionId };
    await record(manager, { ...origin, actor }, happening);
    return { token: text, expiresAt, actor };
  }
}
