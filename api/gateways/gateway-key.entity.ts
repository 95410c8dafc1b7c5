import { Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { InstantColumn } from "../database/instant-column.js";

@ObjectType({
  description:
    "A secret by which a gateway outside of `VERIFY_NETWORKS` may ask for verdicts. It says who asks; the credential that is judged is another one.",
})
@Entity("gateway_keys")
export class GatewayKey {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Field(() => String, { description: "Unique among the gateway keys in force." })
  @Column("text")
  name!: string;

  @Field(() => String)
  @Column("text")
  description!: string;

  @Field(() => String, { description: "The public part of the secret, to recognise it by." })
  @Column("text")
  lookupId!: string;

  @Field(() => Date, { nullable: true, description: "From when on it is refused; null: never." })
  @InstantColumn({ nullable: true })
  expiresAt!: Date | null;

  @Field(() => Date, { nullable: true })
  @InstantColumn({ nullable: true })
  revokedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "User name of who revoked it." })
  @Column("text", { nullable: true })
  revokedBy!: string | null;

  @Field(() => String, { nullable: true })
  @Column("text", { nullable: true })
  revocationReason!: string | null;

  @Field(() => Date)
  @InstantColumn()
  createdAt!: Date;

  @Field(() => String, { description: "User name of who created it." })
  @Column("text")
  createdBy!: string;

  @Field(() => Date, { nullable: true, description: "When a gateway last asked with it; null: never yet." })
  @InstantColumn({ nullable: true })
  lastAccessedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "The address that the gateway last asked from." })
  @Column("text", { nullable: true })
  lastAccessedFrom!: string | null;

  // Columns below carry no @Field: they never leave the server.

  @Column("bytea")
  digest!: Buffer;

  @Column("smallint")
  pepperVersion!: number;
}
