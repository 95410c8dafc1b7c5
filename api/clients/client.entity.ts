import { GraphQLJSONObject } from "graphql-scalars";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { Audience } from "../catalogue/api.entity.js";
import { InstantColumn } from "../database/instant-column.js";
import { SecurityLevel } from "../groups/security-level.js";
import { Account } from "../users/account.js";
import { HostBinding } from "./host-binding.types.js";
import { Quota, type QuotaPeriod } from "./quota.types.js";
import { ServiceTimeObject } from "./service-time.types.js";

export enum ClientStatus {
  ENABLED = "ENABLED",
  DISABLED = "DISABLED",
  LOCKED = "LOCKED",
}

registerEnumType(ClientStatus, {
  name: "ClientStatus",
  description: "Only an enabled client may sign in, and only its credentials are allowed.",
  valuesConfig: {
    LOCKED: { description: "Set by somebody, or by failed sign-ins for as long as they lock the client." },
  },
});

@ObjectType({ description: "An account of an API consumer, such as a partner's system." })
@Entity("clients")
export class Client extends Account {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Field(() => String, { description: "The public identifier. Unique, and never given again after deletion." })
  @Column("text")
  clientId!: string;

  @Field(() => String, { description: "Unique." })
  @Column("text")
  name!: string;

  @Field(() => String, { description: "The name for people. Unique." })
  @Column("text")
  displayName!: string;

  @Field(() => String, { description: "What the client is for." })
  @Column("text")
  note!: string;

  @Field(() => SecurityLevel, { description: "The highest level of groups that it may hold." })
  @Column("text")
  securityLevel!: SecurityLevel;

  @Field(() => String, { description: "IANA time zone in which a day without a time is read." })
  @Column("text")
  timeZone!: string;

  @Field(() => Int, { description: "0 (highest) to 9; passed on with every verdict." })
  @Column("smallint")
  priority!: number;

  @Field(() => String, { nullable: true, description: "The number under which it was applied for." })
  @Column("text", { nullable: true })
  applicationNumber!: string | null;

  @Field(() => [HostBinding], { description: "From where its credentials are allowed; empty: from anywhere." })
  @Column("jsonb")
  hostBindings!: HostBinding[];

  @Field(() => Date, { nullable: true, description: "From when on its credentials are allowed; null: from ever." })
  @InstantColumn({ nullable: true })
  startsAt!: Date | null;

  @Field(() => Date, { nullable: true, description: "From when on its credentials are refused; null: never." })
  @InstantColumn({ nullable: true })
  expiresAt!: Date | null;

  @Field(() => ServiceTimeObject, { nullable: true, description: "When its credentials are allowed; null: always." })
  @Column("jsonb", { nullable: true })
  serviceTime!: ServiceTimeObject | null;

  @Field(() => Int, { description: "Transactions per second on each node; 0: without limit." })
  @Column("integer")
  tpsPerNode!: number;

  @Field(() => Audience, { description: "Which APIs of the catalogue it is offered." })
  @Column("text")
  audience!: Audience;

  @Field(() => [String], { description: "Where mails about it go." })
  @Column("text", { array: true })
  emails!: string[];

  @Field(() => String, { nullable: true })
  @Column("text", { nullable: true })
  remark!: string | null;

  @Field(() => ID, { nullable: true, description: "The region that it belongs to." })
  @Column("uuid", { nullable: true })
  regionId!: string | null;

  @Field(() => [String])
  @Column("text", { array: true })
  tags!: string[];

  @Field(() => GraphQLJSONObject, { description: "For your own systems." })
  @Column("jsonb")
  metadata!: object;

  @Field(() => Boolean, { description: "Whether Latchkey needs it: then it cannot be deleted." })
  @Column("boolean")
  system!: boolean;

  @Field(() => Date)
  @InstantColumn()
  createdAt!: Date;

  @Field(() => String, { description: "User name of who created it." })
  @Column("text")
  createdBy!: string;

  @Field(() => Date)
  @InstantColumn()
  updatedAt!: Date;

  // Columns below carry no @Field: they never leave the server.

  /** As somebody has set it. What it is now, `client-status.ts` derives. */
  @Column("text")
  status!: ClientStatus;

  @Column("text", { nullable: true })
  passwordDigest!: string | null;

  @Column("integer", { nullable: true })
  quotaLimit!: number | null;

  @Column("text", { nullable: true })
  quotaPeriod!: QuotaPeriod | null;

  @Field(() => Quota, {
    nullable: true,
    description: "Calls allowed in a period. Null: without limit.",
  })
  get quota(): Quota | null {
    const { quotaLimit: limit, quotaPeriod: period } = this;
    return limit === null || period === null ? null : { limit, period };
  }
}
