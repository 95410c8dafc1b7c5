import { Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { InputField, IntegerField } from "../graphql/fields.js";

export enum QuotaPeriod {
  DAY = "DAY",
  WEEK = "WEEK",
  MONTH = "MONTH",
  TOTAL = "TOTAL",
}

registerEnumType(QuotaPeriod, {
  name: "QuotaPeriod",
  description: "In which so many calls are allowed. Days, weeks and months are those of the owner's time zone.",
  valuesConfig: { TOTAL: { description: "Ever." } },
});

@InputType({ description: "How many calls are allowed in a period." })
export class QuotaInput {
  @IntegerField({ min: 1, max: 2_000_000_000, description: "Calls in a period." })
  limit!: number;

  @InputField(() => QuotaPeriod, { optional: true, description: "Default DAY." })
  period?: QuotaPeriod;
}

/** As rows hold it. Null and undefined are kept apart: cleared, and left as it is. */
export function quotaColumns(quota: QuotaInput | null | undefined) {
  if (quota === undefined) return {};
  return { quotaLimit: quota && quota.limit, quotaPeriod: quota && (quota.period ?? QuotaPeriod.DAY) };
}

@ObjectType({ description: "How many calls are allowed in a period." })
export class Quota {
  @Field(() => Int)
  limit!: number;

  @Field(() => QuotaPeriod)
  period!: QuotaPeriod;
}
