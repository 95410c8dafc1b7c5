import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { InstantColumn } from "../database/instant-column.js";

/** The values stand in `type` of a delivery's body. */
export enum WebhookEvent {
  ANOMALY_DETECTED = "anomaly.detected",
  QUOTA_ALERT = "quota.alert",
}

registerEnumType(WebhookEvent, {
  name: "WebhookEvent",
  valuesConfig: {
    ANOMALY_DETECTED: { description: "`anomaly.detected`: an unusual use of a key or of a client's tokens was found." },
    QUOTA_ALERT: { description: "`quota.alert`: 80 or 100 percent of a quota are used." },
  },
});

@ObjectType({
  description:
    "An address that is told of events by POST, signed as Standard Webhooks says (`webhook-id`, `webhook-timestamp`, `webhook-signature`).",
})
@Entity("webhooks")
export class Webhook {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Field(() => String)
  @Column("text")
  url!: string;

  @Field(() => String)
  @Column("text")
  description!: string;

  @Field(() => [WebhookEvent], { description: "What it is told of." })
  @Column("text", { array: true })
  events!: WebhookEvent[];

  @Field(() => Boolean, {
    description: "While it is not, it is told of nothing, and what waits for it goes on waiting.",
  })
  @Column("boolean")
  enabled!: boolean;

  @Field(() => Date, {
    nullable: true,
    description: "Until when the secret before the last rotation signs as well. Null: it no longer does.",
  })
  @InstantColumn({ nullable: true })
  previousEndsAt!: Date | null;

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

  @Column("bytea")
  sealed!: Buffer;

  @Column("smallint")
  sealedVersion!: number;

  @Column("bytea", { nullable: true })
  previousSealed!: Buffer | null;

  @Column("smallint", { nullable: true })
  previousSealedVersion!: number | null;
}
