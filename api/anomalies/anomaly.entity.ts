import { GraphQLSafeInt } from "graphql-scalars";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { CountColumn } from "../database/count-column.js";
import { InstantColumn } from "../database/instant-column.js";

export enum AnomalyKind {
  FIRST_SEEN_ADDRESS = "FIRST_SEEN_ADDRESS",
  BURST = "BURST",
  REFUSALS = "REFUSALS",
  USE_AFTER_SILENCE = "USE_AFTER_SILENCE",
}

registerEnumType(AnomalyKind, {
  name: "AnomalyKind",
  description:
    "What is unusual. Only calls whose secret was right count, be they allowed or refused: nobody else can make a key look unusual.",
  valuesConfig: {
    FIRST_SEEN_ADDRESS: {
      description:
        "A call from a network (/24 of IPv4, /48 of IPv6) that none came from before, after a time of learning. What calls from 1,000 networks has no usual ones, and is left alone.",
    },
    BURST: { description: "Many more calls within minutes than ever in as many minutes of the seven days before." },
    REFUSALS: {
      description: "Many calls within minutes, and a large share of all, were refused; UNDECIDED does not count.",
    },
    USE_AFTER_SILENCE: {
      description: "A key is used that was not for a long time: since its last call, or since it came into effect.",
    },
  },
});

@ObjectType({ description: "An unusual use of a key, or of a client's tokens. It is kept for 400 days." })
@Entity("anomalies")
export class Anomaly {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Field(() => AnomalyKind)
  @Column("text")
  kind!: AnomalyKind;

  @Field(() => Date, { description: "When it was found: within two minutes of the call that was too much." })
  @InstantColumn()
  detectedAt!: Date;

  @Field(() => Date, { description: "Where the minutes begin that were looked at." })
  @InstantColumn()
  windowStartsAt!: Date;

  @Field(() => Date, { description: "Where they end." })
  @InstantColumn()
  windowEndsAt!: Date;

  @Field(() => GraphQLSafeInt, {
    description:
      "FIRST_SEEN_ADDRESS: new networks. BURST: calls. REFUSALS: refused calls. USE_AFTER_SILENCE: days without a call.",
  })
  @CountColumn()
  seen!: number;

  @Field(() => GraphQLSafeInt, {
    description:
      "FIRST_SEEN_ADDRESS: networks that were known. BURST: the most calls in as many minutes of the seven days before. REFUSALS: from how many refused calls on it is unusual, of as many calls. USE_AFTER_SILENCE: from how many days on it is.",
  })
  @CountColumn()
  expected!: number;

  @Field(() => GraphQLSafeInt, { nullable: true, description: "Of BURST and REFUSALS: all calls in the window." })
  @CountColumn({ nullable: true })
  calls!: number | null;

  @Field(() => [String], {
    description: "Of FIRST_SEEN_ADDRESS: one address of each new network, 20 at most. Else empty.",
  })
  @Column("text", { array: true })
  addresses!: string[];

  @Field(() => Date, {
    nullable: true,
    description:
      "Of USE_AFTER_SILENCE: when it was last called, as exactly as calls are still counted. Null: never before.",
  })
  @InstantColumn({ nullable: true })
  lastUsedAt!: Date | null;

  @Field(() => Date, { nullable: true, description: "Null: nobody has seen to it yet." })
  @InstantColumn({ nullable: true })
  acknowledgedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "User name of who has seen to it." })
  @Column("text", { nullable: true })
  acknowledgedBy!: string | null;

  @Field(() => String, { nullable: true, description: "What it was, in the words of who has seen to it." })
  @Column("text", { nullable: true })
  note!: string | null;

  // Columns below carry no @Field: they never leave the server.

  @Column("uuid")
  subjectId!: string;

  @Column("uuid", { nullable: true })
  apiKeyId!: string | null;

  @Column("uuid", { nullable: true })
  clientId!: string | null;

  @Column("uuid", { nullable: true })
  userId!: string | null;
}
