import type { Audience } from "../catalogue/api.entity.js";
import type { SecurityLevel } from "../groups/security-level.js";
import type { Permission, Role } from "./permissions.js";

/** What a client may see of the catalogue: APIs for its audience, groups within its security level. */
export interface Sight {
  readonly audience: Audience;
  readonly securityLevel: SecurityLevel;
}

export type ActorKind = "USER" | "CLIENT" | "SYSTEM";

/** Who calls: a user or a client that has signed in, or a user's API key, which acts for the user. */
export interface Actor {
  readonly kind: ActorKind;
  readonly id: string;
  readonly name: string;
  /** Null for clients and for Latchkey itself. */
  readonly role: Role | null;
  readonly permissions: ReadonlySet<Permission>;
  /** IANA zone in which a day without a time is read. */
  readonly timeZone: string;
  /** Of a client: how far it sees the catalogue. Null: all of it. */
  readonly sight: Sight | null;
  readonly sessionId: string | null;
  readonly apiKeyId: string | null;
  /** Of a session: it may do no more than change the password, which somebody else has set. */
  readonly passwordChangeRequired: boolean;
}

/** Latchkey itself: first start, schedules. */
export const SYSTEM_ACTOR: Actor = {
  kind: "SYSTEM",
  id: "00000000-0000-0000-0000-000000000000",
  name: "latchkey",
  role: null,
  permissions: new Set(),
  timeZone: "UTC",
  sight: null,
  sessionId: null,
  apiKeyId: null,
  passwordChangeRequired: false,
};
