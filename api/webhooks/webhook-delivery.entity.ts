import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { InstantColumn } from "../database/instant-column.js";

export enum WebhookDeliveryStatus {
  QUEUED = "QUEUED",
  DELIVERED = "DELIVERED",
  FAILED = "FAILED",
}

registerEnumType(WebhookDeliveryStatus, {
  name: "WebhookDeliveryStatus",
  valuesConfig: {
    QUEUED: { description: "Waiting to be sent, or to be tried again." },
    DELIVERED: { description: "The receiver has answered 2xx." },
    FAILED: { description: "Given up: the receiver answered 410, or a day of attempts went by." },
  },
});

@ObjectType({
  description:
    "What a webhook is told, written in the transaction of what it tells of. It is sent at least once, always with the same id, and kept for 30 days.",
})
@Entity("webhook_deliveries")
export class WebhookDelivery {
  @Field(() => ID, { description: "`webhook-id` of every attempt: a receiver that has seen it may leave it." })
  @PrimaryColumn("uuid")
  id!: string;

  @Field(() => ID)
  @Column("uuid")
  webhookId!: string;

  @Field(() => String, { description: "`anomaly.detected`, `quota.alert` or `webhook.test`." })
  @Column("text")
  event!: string;

  @Field(() => String, { description: "The JSON that is sent. It never holds a secret." })
  @Column("text")
  body!: string;

  @Field(() => WebhookDeliveryStatus)
  @Column("text")
  status!: WebhookDeliveryStatus;

  @Field(() => Int, { description: "How often it was tried." })
  @Column("smallint")
  attempts!: number;

  @Field(() => Date, { nullable: true })
  @InstantColumn({ nullable: true })
  lastAttemptAt!: Date | null;

  @Field(() => Int, { nullable: true, description: "The HTTP status of the last answer. Null: there was none." })
  @Column("smallint", { nullable: true })
  answerStatus!: number | null;

  @Field(() => String, {
    nullable: true,
    description: "Why the last attempt failed. Null: it did not, or is under way.",
  })
  @Column("text", { nullable: true })
  lastError!: string | null;

  @Field(() => Date, {
    description: "Of one that is queued: when it is tried next, or taken for lost while under way.",
  })
  @InstantColumn()
  nextAttemptAt!: Date;

  @Field(() => Date)
  @InstantColumn()
  createdAt!: Date;

  @Field(() => Date, { nullable: true })
  @InstantColumn({ nullable: true })
  deliveredAt!: Date | null;
}
