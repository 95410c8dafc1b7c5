import { Field, Int, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { InstantColumn } from "../database/instant-column.js";

@ObjectType({ description: "Something that Latchkey does by itself from time to time, on one node at a time." })
@Entity("scheduled_jobs")
export class ScheduledJob {
  @Field(() => String)
  @PrimaryColumn("text")
  name!: string;

  @Field(() => Date)
  @InstantColumn()
  nextRunAt!: Date;

  @Field(() => Date, { nullable: true, description: "When it last began; null: never yet." })
  @InstantColumn({ nullable: true })
  lastRunAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Why its last run failed; null: it did not." })
  @Column("text", { nullable: true })
  lastError!: string | null;

  @Field(() => Int, { description: "How many runs in a row have failed." })
  @Column("integer")
  failures!: number;
}
