import { Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { InstantColumn } from "../database/instant-column.js";

@ObjectType({
  description:
    "A named set of authority groups, given to clients. A client's key holds a scope when its client does and the key's own groups contain all of the scope's.",
})
@Entity("scopes")
export class Scope {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Field(() => String, { description: "Unique; a scope token of OAuth 2.0 (RFC 6749 section 3.3)." })
  @Column("text")
  name!: string;

  @Field(() => String)
  @Column("text")
  description!: string;

  @Field(() => Date)
  @InstantColumn()
  createdAt!: Date;

  @Field(() => Date)
  @InstantColumn()
  updatedAt!: Date;
}
