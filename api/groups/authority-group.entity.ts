import { Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { InstantColumn } from "../database/instant-column.js";
import { SecurityLevel } from "./security-level.js";

@ObjectType({
  description: "A named set of APIs with a security level, given to clients and, within them, to their keys.",
})
@Entity("authority_groups")
export class AuthorityGroup {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Field(() => String, { description: "Unique." })
  @Column("text")
  name!: string;

  @Field(() => String)
  @Column("text")
  description!: string;

  @Field(() => SecurityLevel)
  @Column("text")
  securityLevel!: SecurityLevel;

  @Field(() => Date)
  @InstantColumn()
  createdAt!: Date;

  @Field(() => Date)
  @InstantColumn()
  updatedAt!: Date;
}
