import { Column, Entity, PrimaryColumn } from "typeorm";
import { InstantColumn } from "../database/instant-column.js";

/** A signed-in user or client. It ends by signing out, by expiry, or with its owner. */
@Entity("sessions")
export class Session {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("text")
  lookupId!: string;

  @Column("bytea")
  digest!: Buffer;

  @Column("smallint")
  pepperVersion!: number;

  @Column("uuid", { nullable: true })
  userId!: string | null;

  @Column("uuid", { nullable: true })
  clientId!: string | null;

  @Column("text", { nullable: true })
  address!: string | null;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn()
  expiresAt!: Date;

  @InstantColumn({ nullable: true })
  endedAt!: Date | null;
}
