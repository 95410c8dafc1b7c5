import { Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { InstantColumn } from "../database/instant-column.js";
import { VerdictCode } from "../graphql/verify-credential.types.js";

@ObjectType({ description: "A call as it was judged. It is kept for `RECENT_CALLS_DAYS` days." })
@Entity("recent_calls")
export class RecentCall {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Field(() => Date)
  @InstantColumn()
  at!: Date;

  @Field(() => String, {
    description:
      "That of the request for a verdict: what the verdict said, and the log says. All calls of a batch have one.",
  })
  @Column("text")
  requestId!: string;

  @Field(() => String, { nullable: true, description: "The reference of whoever asked, such as a case id." })
  @Column("text", { nullable: true })
  transactionRef!: string | null;

  @Field(() => VerdictCode)
  @Column("text")
  code!: string;

  @Field(() => String, { nullable: true, description: "As it was called; null: the call was named by no method." })
  @Column("text", { nullable: true })
  method!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "As it was called, without the query, cut off after 500 characters. Secrets in it are masked.",
  })
  @Column("text", { nullable: true })
  path!: string | null;

  @Field(() => String, { nullable: true })
  @Column("text", { nullable: true })
  soapAction!: string | null;

  @Field(() => String, { nullable: true, description: "The caller's, where it was told." })
  @Column("text", { nullable: true })
  address!: string | null;

  @Field(() => ID, { description: "The node that judged it: a new one whenever Latchkey is started." })
  @Column("uuid")
  nodeId!: string;

  // Columns below carry no @Field: they never leave the server.

  @Column("uuid", { nullable: true })
  clientId!: string | null;

  @Column("uuid", { nullable: true })
  apiKeyId!: string | null;

  @Column("uuid", { nullable: true })
  apiId!: string | null;
}
