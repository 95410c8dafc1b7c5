import { ArrayMaxSize, IsOptional, Matches, Max, Min, ValidateNested } from "class-validator";
import { GraphQLSafeInt } from "graphql-scalars";
import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Checkpoint } from "./checkpoint.js";
import { type ChainBreak, ChainProblem } from "./verify-chain.js";

export const CHAIN_EVENTS_MAX = 50_000;
export const CHAIN_EVENTS_DEFAULT = 10_000;
const KNOWN_MAX = 100;

registerEnumType(ChainProblem, {
  name: "AuditChainProblem",
  description: "What is wrong where the audit's chain breaks.",
  valuesConfig: {
    EVENT_MISSING: { description: "The event was removed." },
    LINK_MISSING: { description: "The event is not in the chain, or the chain leaves out a number." },
    OUT_OF_ORDER: { description: "A number comes twice, or too late." },
    PREVIOUS_DIFFERS: { description: "It names another event before it than the one that stands there." },
    EVENT_CHANGED: { description: "The event or its hash was changed." },
    CHECKPOINT_DIFFERS: { description: "The chain is in itself, but not the one of the checkpoint." },
    CHECKPOINT_FORGED: { description: "The checkpoint was not signed with this key ring." },
    CUT_OFF: { description: "The chain ends before a checkpoint." },
  },
});

@InputType({ description: "A point of the audit's chain that somebody has kept." })
export class AuditChainPointInput {
  @Field(() => GraphQLSafeInt, { description: "The number of an event. From 0, the beginning." })
  @Min(0, { message: "must be at least 0" })
  number!: number;

  @Field(() => String, { description: "That event's hash: 64 hexadecimal digits." })
  @Matches(/^[0-9a-f]{64}$/i, { message: "must be 64 hexadecimal digits" })
  hash!: string;
}

@ArgsType()
export class AuditChainArgs {
  @Field(() => AuditChainPointInput, {
    nullable: true,
    description: "Verify from here on: a kept checkpoint, or `verifiedTo` of the answer before. Left out: all.",
  })
  @IsOptional()
  @ValidateNested()
  after?: AuditChainPointInput | null;

  @Field(() => [AuditChainPointInput], {
    nullable: true,
    description:
      `Checkpoints that you have kept, up to ${KNOWN_MAX}. Only they tell that the end of the chain was cut off together ` +
      "with its checkpoints.",
  })
  @IsOptional()
  @ArrayMaxSize(KNOWN_MAX, { message: `must have at most ${KNOWN_MAX} entries` })
  @ValidateNested()
  known?: AuditChainPointInput[] | null;

  @Field(() => Int, {
    nullable: true,
    description: `How many events to verify at most: 1 to ${CHAIN_EVENTS_MAX}, default ${CHAIN_EVENTS_DEFAULT}.`,
  })
  @IsOptional()
  @Min(1, { message: "must be at least 1" })
  @Max(CHAIN_EVENTS_MAX, { message: `must be at most ${CHAIN_EVENTS_MAX}` })
  events?: number | null;
}

@ObjectType({ description: "An event's number and hash: with one that is kept, all before it is known." })
export class AuditChainPoint {
  @Field(() => GraphQLSafeInt)
  number!: number;

  @Field(() => String)
  hash!: string;
}

@ObjectType({
  description:
    "A point of the chain, signed with the key ring. The log has each one, too: keep it outside the database.",
})
export class AuditCheckpoint extends AuditChainPoint implements Checkpoint {
  @Field(() => Date)
  at!: Date;

  @Field(() => Int, { description: "The version of the key ring that signed it." })
  keyVersion!: number;

  @Field(() => String, { description: "HMAC-SHA-256, in hexadecimal digits." })
  signature!: string;
}

@ObjectType({ description: "The first place where the audit's chain does not hold." })
export class AuditChainBreak implements ChainBreak {
  @Field(() => ChainProblem)
  problem!: ChainProblem;

  @Field(() => GraphQLSafeInt, { nullable: true, description: "Where; null: the event has no place in the chain." })
  number!: number | null;

  @Field(() => ID, { nullable: true, description: "The event, as far as it is known." })
  eventId!: string | null;

  @Field(() => String, { description: "What is wrong, in words." })
  message!: string;
}

@ObjectType({ description: "What became of verifying the audit's chain." })
export class AuditChain {
  @Field(() => Boolean, { description: "Whether all that was verified holds. Read `complete`, too." })
  valid!: boolean;

  @Field(() => AuditChainBreak, { nullable: true, description: "Where it first does not hold." })
  firstBreak!: AuditChainBreak | null;

  @Field(() => Int, { description: "How many events were verified by this call." })
  verified!: number;

  @Field(() => AuditChainPoint, { description: "Up to here it holds. Give it as `after` to go on." })
  verifiedTo!: AuditChainPoint;

  @Field(() => Boolean, { description: "Whether the end of the chain was reached." })
  complete!: boolean;

  @Field(() => AuditCheckpoint, { nullable: true, description: "The newest checkpoint. Keep it." })
  checkpoint!: AuditCheckpoint | null;

  @Field(() => Int, {
    description: "Events that were not in the chain yet when it began to verify, which takes a second at most.",
  })
  waiting!: number;
}
