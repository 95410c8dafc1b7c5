import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { Audience } from "../catalogue/api.entity.js";
import { InstantColumn } from "../database/instant-column.js";
import { SecurityLevel } from "../groups/security-level.js";
import { Account } from "../users/account.js";

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

  @Field(() => [String], { description: "Where mails about it go." })
  @Column("text", { array: true })
  emails!: string[];

  @Field(() => Audience, { description: "Which APIs it may see and ask for." })
  @Column("text")
  audience!: Audience;

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
}
