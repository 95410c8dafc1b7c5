import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { InstantColumn } from "../database/instant-column.js";

export enum NotificationStatus {
  QUEUED = "QUEUED",
  SENT = "SENT",
  KEPT = "KEPT",
  FAILED = "FAILED",
}

registerEnumType(NotificationStatus, {
  name: "NotificationStatus",
  valuesConfig: {
    QUEUED: { description: "Waiting to be sent, or to be tried again." },
    SENT: { description: "The mail server has taken it." },
    KEPT: { description: "No mail server is configured: it is here to be read." },
    FAILED: { description: "Given up: the mail server refused it for good, or a day of attempts went by." },
  },
});

@ObjectType({ description: "A mail, written in the transaction of what it tells of. It never holds a secret key." })
@Entity("notifications")
export class Notification {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Field(() => String, {
    description:
      "What it is about: `passwordReset`, `accessRequested`, `accessDecided`, `keyCreated`, `keyRotated`, `keyRevoked`, `keyDisabled`, `keyExpires`, `keyUnused`, `quotaNearlyUsedUp`, `quotaUsedUp` or `unusualUse`.",
  })
  @Column("text")
  kind!: string;

  @Field(() => [String], { description: "The addresses that it goes to." })
  @Column("text", { array: true })
  recipients!: string[];

  @Field(() => String)
  @Column("text")
  subject!: string;

  @Column("text")
  body!: string;

  @Field(() => NotificationStatus)
  @Column("text")
  status!: NotificationStatus;

  @Field(() => Int, { description: "How often it was tried." })
  @Column("smallint")
  attempts!: number;

  @Field(() => String, { nullable: true, description: "What the mail server said to the last attempt that failed." })
  @Column("text", { nullable: true })
  lastError!: string | null;

  @Field(() => Date)
  @InstantColumn()
  createdAt!: Date;

  @Field(() => Date, { nullable: true })
  @InstantColumn({ nullable: true })
  sentAt!: Date | null;

  // Columns below carry no @Field: they never leave the server.

  @InstantColumn()
  nextAttemptAt!: Date;

  @Column("bytea", { nullable: true })
  sealedLink!: Buffer | null;

  @Column("smallint", { nullable: true })
  keyVersion!: number | null;

  @Column("uuid", { nullable: true })
  userId!: string | null;

  @Column("uuid", { nullable: true })
  clientId!: string | null;
}
