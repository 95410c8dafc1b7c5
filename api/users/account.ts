import { Column } from "typeorm";
import { InstantColumn } from "../database/instant-column.js";
import type { SignInLock, SignInState } from "./sign-in-policy.js";

/** What users and clients have in common: they sign in. No column of it leaves the server as it is. */
export abstract class Account implements SignInState {
  abstract id: string;

  /** Null for a client that cannot sign in. */
  abstract passwordDigest: string | null;

  /** Somebody else has set the password: until it is changed, a session may do no more than change it. */
  @Column("boolean")
  passwordChangeRequired!: boolean;

  @Column("smallint")
  signInThreshold!: number;

  @Column("text")
  signInLock!: SignInLock;

  @Column("smallint")
  failedSignIns!: number;

  @Column("smallint")
  locksInARow!: number;

  @InstantColumn({ nullable: true })
  lockedAt!: Date | null;

  @InstantColumn({ nullable: true })
  lockEndsAt!: Date | null;
}
