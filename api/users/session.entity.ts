import { Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { InstantColumn } from "../database/instant-column.js";

@ObjectType({
  description: "A signed-in user or client. It ends by signing out, by expiry, with its owner, or with the password.",
})
@Entity("sessions")
export class Session {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Field(() => ID, { nullable: true, description: "The user who signed in; null for a client's session." })
  @Column("uuid", { nullable: true })
  userId!: string | null;

  @Field(() => ID, { nullable: true, description: "The client that signed in; null for a user's session." })
  @Column("uuid", { nullable: true })
  clientId!: string | null;

  @Field(() => String, { nullable: true, description: "The address that signed in." })
  @Column("text", { nullable: true })
  address!: string | null;

  @Field(() => Date)
  @InstantColumn()
  createdAt!: Date;

  @Field(() => Date, { description: "When it ends by itself." })
  @InstantColumn()
  expiresAt!: Date;

  @Field(() => Date, { nullable: true, description: "When it was ended; null while it lasts." })
  @InstantColumn({ nullable: true })
  endedAt!: Date | null;

  @Field(() => Date, { description: "When a call last came with it, to the second or so." })
  @InstantColumn()
  lastAccessedAt!: Date;

  @Field(() => String, { nullable: true, description: "The address of that call." })
  @Column("text", { nullable: true })
  lastAccessedFrom!: string | null;

  // Columns below carry no @Field: they never leave the server.

  @Column("text")
  lookupId!: string;

  @Column("bytea")
  digest!: Buffer;

  @Column("smallint")
  pepperVersion!: number;
}
