import { Column, Entity, PrimaryColumn } from "typeorm";
import { InstantColumn } from "../database/instant-column.js";
import type { GrantType } from "./grant-type.js";

/** What was granted once, with all tokens that came of it: they are revoked together. */
@Entity("token_families")
export class TokenFamily {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("uuid")
  clientId!: string;

  /** Who consented, or signed in; null: the client for itself. */
  @Column("uuid", { nullable: true })
  userId!: string | null;

  @Column("text")
  grantType!: GrantType;

  @Column("uuid", { array: true })
  scopeIds!: string[];

  /** Whether it has the client's own groups besides: it was asked for without naming scopes. */
  @Column("boolean")
  ownGroups!: boolean;

  @Column("integer")
  refreshes!: number;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn({ nullable: true })
  revokedAt!: Date | null;

  @Column("text", { nullable: true })
  revokedBy!: string | null;

  @Column("text", { nullable: true })
  revocationReason!: string | null;
}
