import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { InstantColumn } from "../database/instant-column.js";

export enum AccessRequestStatus {
  OPEN = "OPEN",
  APPROVED = "APPROVED",
  DENIED = "DENIED",
}

registerEnumType(AccessRequestStatus, { name: "AccessRequestStatus" });

@ObjectType({ description: "A client's wish for an authority group, and what was decided." })
@Entity("access_requests")
export class AccessRequest {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Field(() => String, { description: "Why the client wants it." })
  @Column("text")
  reason!: string;

  @Field(() => AccessRequestStatus)
  @Column("text")
  status!: AccessRequestStatus;

  @Field(() => Date, { nullable: true })
  @InstantColumn({ nullable: true })
  decidedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "User name of who decided." })
  @Column("text", { nullable: true })
  decidedBy!: string | null;

  @Field(() => String, { nullable: true, description: "Why it was decided so." })
  @Column("text", { nullable: true })
  decisionReason!: string | null;

  @Field(() => Date)
  @InstantColumn()
  createdAt!: Date;

  // Columns below carry no @Field: the things themselves are fields.

  @Column("uuid")
  clientId!: string;

  @Column("uuid")
  groupId!: string;
}
