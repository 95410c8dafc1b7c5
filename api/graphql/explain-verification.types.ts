import { Field, InputType, ObjectType, registerEnumType } from "type-graphql";
import { IdField, InputField, TextField } from "./fields.js";
import { DemandInput, Verdict, VerdictCode } from "./verify-credential.types.js";

export enum CheckOutcome {
  PASSED = "PASSED",
  REFUSED = "REFUSED",
  NOT_REACHED = "NOT_REACHED",
}

registerEnumType(CheckOutcome, {
  name: "CheckOutcome",
  description: "What a check says of a call.",
  valuesConfig: {
    PASSED: { description: "It lets the call pass." },
    REFUSED: { description: "It refuses the call, whatever the checks before it say." },
    NOT_REACHED: { description: "It cannot be told: the credential was not recognised, or no verdict can be reached." },
  },
});

@InputType()
export class ExplainVerificationInput extends DemandInput {
  @TextField({
    min: 0,
    max: 1_000,
    optional: true,
    description: "The full text of the credential. Instead of `apiKeyId`.",
  })
  credential?: string;

  @IdField({ optional: true, description: "The key's id: judged by its current secret. Instead of `credential`." })
  apiKeyId?: string;

  @InputField(() => Date, {
    optional: true,
    description: "The time for which it is asked, such as the day on which a key expires. Now, if left out.",
  })
  at?: Date;
}

@ObjectType()
export class ExplainedCheck {
  @Field(() => String, { description: "What is checked." })
  name!: string;

  @Field(() => CheckOutcome)
  outcome!: CheckOutcome;

  @Field(() => VerdictCode, {
    nullable: true,
    description: "Of a refusal: the code of the verdict if this check is the first to refuse.",
  })
  code!: string | null;

  @Field(() => String, { nullable: true, description: "Of a refusal: the reason in words." })
  message!: string | null;
}

@ObjectType({ description: "A verdict, check by check." })
export class VerificationExplanation {
  @Field(() => Verdict, { description: "As it would be." })
  verdict!: Verdict;

  @Field(() => [ExplainedCheck], { description: "All checks, in the order in which they are made." })
  checks!: readonly ExplainedCheck[];
}
