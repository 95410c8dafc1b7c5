import { Column, Entity, PrimaryColumn } from "typeorm";
import { InstantColumn } from "../database/instant-column.js";

/** A link that lets its holder set a new password, once. */
@Entity("password_resets")
export class PasswordReset {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("uuid", { nullable: true })
  userId!: string | null;

  @Column("uuid", { nullable: true })
  clientId!: string | null;

  @Column("bytea")
  digest!: Buffer;

  @Column("smallint")
  pepperVersion!: number;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn()
  expiresAt!: Date;

  @InstantColumn({ nullable: true })
  usedAt!: Date | null;
}
