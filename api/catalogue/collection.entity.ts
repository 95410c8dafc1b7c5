import { Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { InstantColumn } from "../database/instant-column.js";

@ObjectType({ description: "APIs that one server offers in one region." })
@Entity("collections")
export class Collection {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Field(() => ID)
  @Column("uuid")
  regionId!: string;

  @Field(() => String, { description: "Unique in its region." })
  @Column("text")
  name!: string;

  @Field(() => String)
  @Column("text")
  serverName!: string;

  @Field(() => String)
  @Column("text")
  baseUrl!: string;

  @Field(() => Date)
  @InstantColumn()
  createdAt!: Date;

  @Field(() => Date)
  @InstantColumn()
  updatedAt!: Date;
}
