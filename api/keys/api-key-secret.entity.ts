import { Field, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { InstantColumn } from "../database/instant-column.js";

/** PREVIOUS is accepted until the key's rotation ends, RETIRED never. */
export type SecretPlace = "CURRENT" | "PREVIOUS" | "RETIRED";

@ObjectType({ description: "A secret that a key is accepted by; of the secret itself only a digest is kept." })
@Entity("api_key_secrets")
export class ApiKeySecret {
  @Field(() => String, { description: "The public part of the secret, to recognise it by." })
  @Column("text")
  lookupId!: string;

  @Field(() => Date)
  @InstantColumn()
  createdAt!: Date;

  @Field(() => Date, {
    nullable: true,
    description: "Until when it is accepted, while a rotation lasts; null: it is the current one.",
  })
  retiresAt?: Date | null;

  @Field(() => Date, { nullable: true, description: "When a verdict last allowed it; null: not yet." })
  @InstantColumn({ nullable: true })
  lastAccessedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "The address of that call, where it was told." })
  @Column("text", { nullable: true })
  lastAccessedFrom!: string | null;

  // Columns below carry no @Field: they never leave the server.

  @PrimaryColumn("uuid")
  id!: string;

  @Column("uuid")
  apiKeyId!: string;

  @Column("text")
  place!: SecretPlace;

  @Column("bytea")
  digest!: Buffer;

  @Column("smallint", { nullable: true })
  pepperVersion!: number | null;

  @Column("boolean")
  imported!: boolean;

  @Column("text", { nullable: true })
  prefix!: string | null;

  @Column("bytea", { nullable: true })
  origin!: Buffer | null;

  @Column("bytea", { nullable: true })
  sealed!: Buffer | null;

  @Column("smallint", { nullable: true })
  sealedVersion!: number | null;
}
