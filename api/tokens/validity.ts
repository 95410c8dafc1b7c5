import { Field, Int, ObjectType, registerEnumType } from "type-graphql";

export enum ValidityUnit {
  SECOND = "SECOND",
  MINUTE = "MINUTE",
  HOUR = "HOUR",
  DAY = "DAY",
}

registerEnumType(ValidityUnit, { name: "ValidityUnit", description: "A day is 24 hours." });

@ObjectType({ description: "How long tokens can be used." })
export class Validity {
  @Field(() => Int)
  amount!: number;

  @Field(() => ValidityUnit)
  unit!: ValidityUnit;
}

const MS_IN: Readonly<Record<ValidityUnit, number>> = {
  [ValidityUnit.SECOND]: 1_000,
  [ValidityUnit.MINUTE]: 60_000,
  [ValidityUnit.HOUR]: 3_600_000,
  [ValidityUnit.DAY]: 86_400_000,
};

export function validityMs(amount: number, unit: ValidityUnit): number {
  return amount * MS_IN[unit];
}
