import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsOptional, ValidateNested } from "class-validator";
import { GraphQLSafeInt } from "graphql-scalars";
import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { IdField, InputField, TextField } from "../graphql/fields.js";
import { VerdictCode } from "../graphql/verify-credential.types.js";
import type { UsageCondition } from "./usage-rows.js";
import { type StepRange, UsageStep } from "./usage-step.js";

const CODES_MAX = 50;
export const TOP_MAX = 100;

@InputType({
  description: "All given conditions hold together. What was deleted is found by its id for as long as it is counted.",
})
export class UsageFilter {
  @TextField({ max: 50, optional: true, description: "Calls of this client, by its id or its client id." })
  clientId?: string;

  @IdField({ optional: true, description: "Calls with this API key." })
  apiKeyId?: string;

  @IdField({ optional: true, description: "Calls of this API." })
  apiId?: string;

  @IdField({ optional: true, description: "Calls of APIs that were in this collection." })
  collectionId?: string;

  @IdField({ optional: true, description: "Calls of APIs that were in this region." })
  regionId?: string;

  @Field(() => [VerdictCode], { nullable: true, description: `Verdicts with one of these codes: 1 to ${CODES_MAX}.` })
  @IsOptional()
  @ArrayMinSize(1, { message: "must have at least 1 entries" })
  @ArrayMaxSize(CODES_MAX, { message: `must have at most ${CODES_MAX} entries` })
  @ArrayUnique({ message: "must not repeat an entry" })
  codes?: string[] | null;
}

@InputType()
export class UsageInput {
  @Field(() => Date, { description: "Where the range begins: with the step that holds this instant. Not before 2000." })
  from!: Date;

  @InputField(() => Date, {
    optional: true,
    description: "Where the range ends: after the step that holds the instant before. Default now.",
  })
  until?: Date;

  @Field(() => UsageStep, {
    description: "A range has at most 1,440 minutes, 744 hours (31 days) or 1,098 days (three years).",
  })
  step!: UsageStep;

  @InputField(() => UsageFilter, { optional: true, description: "Default: all that the caller may see." })
  @ValidateNested()
  filter?: UsageFilter;
}

export enum UsageDimension {
  CLIENT = "CLIENT",
  API_KEY = "API_KEY",
  API = "API",
  COLLECTION = "COLLECTION",
  REGION = "REGION",
  CODE = "CODE",
}

registerEnumType(UsageDimension, { name: "UsageDimension", description: "What calls are told apart by." });

/** How many calls there were. */
@ObjectType()
abstract class CallCounts {
  @Field(() => GraphQLSafeInt)
  calls!: number;

  @Field(() => GraphQLSafeInt, { description: "Calls with the verdict VALID." })
  allowed!: number;

  @Field(() => GraphQLSafeInt, { description: "All others." })
  refused!: number;
}

@ObjectType()
export class UsageOfCode {
  @Field(() => VerdictCode)
  code!: string;

  @Field(() => GraphQLSafeInt)
  calls!: number;
}

@ObjectType({ description: "All calls of the range." })
export class UsageTotals extends CallCounts {
  @Field(() => [UsageOfCode], { description: "Of each verdict code that was given, most first." })
  byCode!: UsageOfCode[];
}

@ObjectType({ description: "The calls of one step." })
export class UsagePoint extends CallCounts {
  @Field(() => Date, { description: "When the step begins." })
  at!: Date;

  @Field(() => [UsageOfCode], {
    description:
      "Of each verdict code that was given somewhere in the range, in the order of the totals; 0 where not in this step.",
  })
  byCode!: UsageOfCode[];
}

@ObjectType({ description: "What had so many of the calls." })
export class UsageShare extends CallCounts {
  @Field(() => UsageDimension)
  dimension!: UsageDimension;

  @Field(() => ID, {
    nullable: true,
    description:
      "Of the client, the key, the API and so on; the code itself of CODE. Null: of the calls that had none.",
  })
  id!: string | null;
}

@ObjectType({ description: "How many calls were judged in a range of time, and how." })
export class Usage implements StepRange {
  @Field(() => Date, { description: "Where the range begins, in whole steps." })
  from!: Date;

  @Field(() => Date, { description: "Where the range ends, in whole steps." })
  until!: Date;

  @Field(() => UsageStep)
  step!: UsageStep;

  conditions!: readonly UsageCondition[];
  /** Read once for all fields of one answer. */
  counts!: Promise<readonly StepCount[]> | undefined;
}

/** Calls of one step with one verdict code. */
export interface StepCount {
  readonly atMs: number;
  readonly code: string;
  readonly calls: number;
}
