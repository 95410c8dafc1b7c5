import type { Actor } from "../../access/actor.js";
import type { Authenticator } from "../../access/authenticate.js";
import type { CallOrigin } from "../../access/call.js";
import { ApiError } from "../../errors.js";
import type { SessionService } from "../../users/session.service.js";

export type SignedInHere = { readonly token: string } | "WRONG" | "CLIENT" | "PASSWORD_CHANGE";

/** A user as the pages know one: signed in with a session, and free to use it. */
export type SignedInUser = Actor & { readonly sessionId: string };

/** Users' sessions in browsers. They are sessions like any other: listed, and ended from elsewhere. */
export class BrowserSessions {
  constructor(
    private readonly authenticator: Pick<Authenticator, "authenticate">,
    private readonly sessions: Pick<SessionService, "signIn" | "signOut">,
  ) {}

  /** Null: nobody, any more. */
  async find(token: string | undefined, origin: CallOrigin): Promise<SignedInUser | null> {
    if (token === undefined) return null;
    try {
      const actor = await this.authenticator.authenticate(token, origin);
      return isUsable(actor) ? actor : null;
    } catch (error) {
      if (isRefusal(error)) return null;
      throw error;
    }
  }

  /** A session that cannot be used here is ended at once. */
  async signIn(origin: CallOrigin, name: string, password: string): Promise<SignedInHere> {
    try {
      const { actor, token } = await this.sessions.signIn(origin, { name, password });
      if (isUsable(actor)) return { token };
      await this.sessions.signOut({ ...origin, actor });
      return actor.kind === "CLIENT" ? "CLIENT" : "PASSWORD_CHANGE";
    } catch (error) {
      if (isRefusal(error)) return "WRONG";
      throw error;
    }
  }

  async signOut(origin: CallOrigin, actor: SignedInUser): Promise<void> {
    await this.sessions.signOut({ ...origin, actor });
  }
}

function isUsable(actor: Actor): actor is SignedInUser {
  return actor.kind === "USER" && actor.sessionId !== null && !actor.passwordChangeRequired;
}

function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && error.code === "UNAUTHENTICATED";
}
