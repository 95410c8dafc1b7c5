import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { InstantColumn } from "../database/instant-column.js";

export enum TokenKind {
  ACCESS = "ACCESS",
  REFRESH = "REFRESH",
}

registerEnumType(TokenKind, {
  name: "TokenKind",
  valuesConfig: {
    ACCESS: { description: "Sent with calls." },
    REFRESH: { description: "Exchanged for new tokens." },
  },
});

@ObjectType({ description: "An OAuth token of a client. What is kept of it is a digest, unless it was saved." })
@Entity("tokens")
export class Token {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Field(() => ID, { description: "All tokens that came of one grant have the same." })
  @Column("uuid")
  familyId!: string;

  @Field(() => TokenKind)
  @Column("text")
  kind!: TokenKind;

  @Field(() => String, { description: "The public part of the token, to recognise it by." })
  @Column("text")
  lookupId!: string;

  @Field(() => Int, { description: "How often it may be used; 0: any number." })
  @Column("integer")
  usesMax!: number;

  @Field(() => Date)
  @InstantColumn()
  createdAt!: Date;

  @Field(() => Date, { description: "From when on it is refused." })
  @InstantColumn()
  expiresAt!: Date;

  @Field(() => Date, { nullable: true, description: "When it was last used; null: never yet." })
  @InstantColumn({ nullable: true })
  lastAccessedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "The address that it was last used from." })
  @Column("text", { nullable: true })
  lastAccessedFrom!: string | null;

  @Field(() => Boolean, {
    description: "Whether it has its client's own groups besides its scopes: none was named when it was asked for.",
  })
  @Column("boolean")
  ownGroups!: boolean;

  // Columns below carry no @Field: they never leave the server as they are.

  @Column("bytea")
  digest!: Buffer;

  @Column("smallint")
  pepperVersion!: number;

  /** At most the family's. */
  @Column("uuid", { array: true })
  scopeIds!: string[];

  @InstantColumn({ nullable: true })
  revokedAt!: Date | null;

  @Column("text", { nullable: true })
  revokedBy!: string | null;

  @Column("text", { nullable: true })
  revocationReason!: string | null;

  /** Of a refresh token: when, and by which, it was replaced. */
  @InstantColumn({ nullable: true })
  replacedAt!: Date | null;

  @Column("uuid", { nullable: true })
  replacedBy!: string | null;

  /** The text, of one that was saved to be shown again. */
  @Column("bytea", { nullable: true })
  sealed!: Buffer | null;

  @Column("smallint", { nullable: true })
  sealedVersion!: number | null;

  @Column("uuid", { nullable: true })
  lastAccessedApiId!: string | null;
}
