import { Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { InstantColumn } from "../database/instant-column.js";

@ObjectType({ description: "Where servers stand. Collections belong to one region." })
@Entity("regions")
export class Region {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Field(() => String, { description: "Unique; stands before the slash in `<region code>/<collection name>`." })
  @Column("text")
  code!: string;

  @Field(() => String, { description: "Unique." })
  @Column("text")
  name!: string;

  @Field(() => Date)
  @InstantColumn()
  createdAt!: Date;

  @Field(() => Date)
  @InstantColumn()
  updatedAt!: Date;
}
