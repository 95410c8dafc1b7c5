import { Column, Entity, PrimaryColumn } from "typeorm";

/** An event's place in the chain. */
@Entity("audit_links")
export class AuditLink {
  /** A bigint, which the driver gives as text. */
  @PrimaryColumn("bigint", { transformer: { from: Number, to: (value: number) => value } })
  number!: number;

  @Column("uuid")
  eventId!: string;

  @Column("bytea")
  previousHash!: Buffer;

  @Column("bytea")
  hash!: Buffer;
}
