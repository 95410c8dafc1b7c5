import { GraphQLJSONObject } from "graphql-scalars";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { Quota, type QuotaPeriod } from "../clients/quota.types.js";
import { InstantColumn } from "../database/instant-column.js";

export enum ApiKeyKind {
  STANDARD = "STANDARD",
  INTEGRATION = "INTEGRATION",
}

registerEnumType(ApiKeyKind, {
  name: "ApiKeyKind",
  valuesConfig: { INTEGRATION: { description: "Drafted and confirmed by a system administrator for another system." } },
});

@ObjectType({ description: "A long-lived secret of a client or of a user." })
@Entity("api_keys")
export class ApiKey {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Field(() => ApiKeyKind)
  @Column("text")
  kind!: ApiKeyKind;

  @Field(() => String, { description: "Unique among the owner's keys in force." })
  @Column("text")
  name!: string;

  @Field(() => String)
  @Column("text")
  description!: string;

  @Field(() => String, { description: "The public part of the current secret, to recognise it by." })
  @Column("text")
  lookupId!: string;

  @Field(() => [String], {
    nullable: true,
    description: "The management permissions that a user's key is narrowed to; null: all of its user's.",
  })
  @Column("text", { array: true, nullable: true })
  permissions!: string[] | null;

  @Field(() => [String])
  @Column("text", { array: true })
  tags!: string[];

  @Field(() => GraphQLJSONObject, { description: "Passed on with every verdict about this key." })
  @Column("jsonb")
  metadata!: object;

  @Field(() => Date, { description: "From when on it is allowed." })
  @InstantColumn()
  effectiveAt!: Date;

  @Field(() => Date, { nullable: true, description: "From when on it is refused; null: never." })
  @InstantColumn({ nullable: true })
  expiresAt!: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: "Until when the secret before the last rotation is accepted too; in the past: it no longer is.",
  })
  @InstantColumn({ nullable: true })
  rotationEndsAt!: Date | null;

  @Field(() => Date, { nullable: true })
  @InstantColumn({ nullable: true })
  revokedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "User name or client id of who revoked it." })
  @Column("text", { nullable: true })
  revokedBy!: string | null;

  @Field(() => String, { nullable: true })
  @Column("text", { nullable: true })
  revocationReason!: string | null;

  @Field(() => Date)
  @InstantColumn()
  createdAt!: Date;

  @Field(() => String, { description: "User name or client id of who created it." })
  @Column("text")
  createdBy!: string;

  @Field(() => Date, { description: "When a verdict was last asked about it; at first the time of its creation." })
  @InstantColumn()
  lastAccessedAt!: Date;

  @Field(() => String, { nullable: true, description: "The address of the last call, where it was told." })
  @Column("text", { nullable: true })
  lastAccessedFrom!: string | null;

  @Field(() => Boolean, { description: "Whether its secret is kept encrypted and can be revealed." })
  @Column("boolean")
  recoverable!: boolean;

  @Field(() => Quota, {
    nullable: true,
    description: "Its own limit, beside its client's; null: none.",
  })
  get quota(): Quota | null {
    const { quotaLimit: limit, quotaPeriod: period } = this;
    return limit === null || period === null ? null : { limit, period };
  }

  // Columns below carry no @Field: they never leave the server.

  @Column("boolean")
  draft!: boolean;

  @InstantColumn()
  namedAt!: Date;

  @Column("smallint", { nullable: true })
  noticedDays!: number | null;

  @InstantColumn({ nullable: true })
  noticedExpiresAt!: Date | null;

  @InstantColumn({ nullable: true })
  unusedWarnedAt!: Date | null;

  @InstantColumn({ nullable: true })
  enabledAt!: Date | null;

  @Column("integer", { nullable: true })
  quotaLimit!: number | null;

  @Column("text", { nullable: true })
  quotaPeriod!: QuotaPeriod | null;

  @Column("uuid", { nullable: true })
  lastAccessedApiId!: string | null;

  @Column("uuid", { nullable: true })
  clientId!: string | null;

  @Column("uuid", { nullable: true })
  userId!: string | null;

  @InstantColumn({ nullable: true })
  disabledAt!: Date | null;

  @InstantColumn()
  updatedAt!: Date;
}
