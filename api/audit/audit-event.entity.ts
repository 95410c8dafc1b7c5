import { GraphQLJSONObject, GraphQLSafeInt } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { InstantColumn } from "../database/instant-column.js";
import type { AuditLink } from "./audit-link.entity.js";

@ObjectType({ description: "One thing that somebody did. Written in the transaction of the change; holds no secret." })
@Entity("audit_events")
export class AuditEvent {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Field(() => Date)
  @InstantColumn()
  at!: Date;

  @Field(() => String, { description: "What was done: thing and past participle, such as `apiKey.revoked`." })
  @Column("text")
  event!: string;

  @Field(() => String, { description: "`USER`, `CLIENT`, or `SYSTEM` for Latchkey itself." })
  @Column("text")
  actorKind!: string;

  @Field(() => ID)
  @Column("uuid")
  actorId!: string;

  @Field(() => String, { description: "User name or client id, as it was then." })
  @Column("text")
  actorName!: string;

  @Field(() => String, { nullable: true, description: "The user's role, as it was then." })
  @Column("text", { nullable: true })
  actorRole!: string | null;

  @Field(() => ID, { nullable: true, description: "The API key that the actor called with, if not a session." })
  @Column("uuid", { nullable: true })
  apiKeyId!: string | null;

  @Field(() => String, { nullable: true, description: "The address that the call came from." })
  @Column("text", { nullable: true })
  address!: string | null;

  @Field(() => String, { description: "The `X-Request-Id` of the call." })
  @Column("text")
  requestId!: string;

  @Field(() => String, { nullable: true, description: "The `X-Transaction-Ref` of the call, if it had one." })
  @Column("text", { nullable: true })
  transactionRef!: string | null;

  @Field(() => String, { description: "What kind of thing was changed, such as `ApiKey`." })
  @Column("text")
  targetKind!: string;

  @Field(() => ID)
  @Column("uuid")
  targetId!: string;

  @Field(() => String, { nullable: true, description: "The reason that the actor gave." })
  @Column("text", { nullable: true })
  reason!: string | null;

  @Field(() => GraphQLJSONObject, { nullable: true, description: "The changed fields before." })
  @Column("jsonb", { nullable: true })
  before!: object | null;

  @Field(() => GraphQLJSONObject, { nullable: true, description: "The changed fields after." })
  @Column("jsonb", { nullable: true })
  after!: object | null;

  /** Where it is in the chain, as far as the query has asked for it. */
  link?: AuditLink | null;

  @Field(() => GraphQLSafeInt, {
    nullable: true,
    description:
      "Its place in the hash chain, counted from 1 without a gap. Null for a second at most, until it has one.",
  })
  get number(): number | null {
    return this.link?.number ?? null;
  }

  @Field(() => String, {
    nullable: true,
    description: "SHA-256 of its canonical form, which the README describes, in hexadecimal digits.",
  })
  get hash(): string | null {
    return this.link?.hash.toString("hex") ?? null;
  }

  @Field(() => String, { nullable: true, description: "The hash of the event before it in the chain." })
  get previousHash(): string | null {
    return this.link?.previousHash.toString("hex") ?? null;
  }
}
