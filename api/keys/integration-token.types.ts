import { IsIn } from "class-validator";
import { InputType } from "type-graphql";
import { PERMISSIONS } from "../access/permissions.js";
import type { DayOrInstant } from "../clients/whole-day.js";
import { DayOrInstantScalar } from "../graphql/day-or-instant.js";
import { InputField, TextField, TextListField } from "../graphql/fields.js";

/** What an integration token may unless its maker says otherwise: look at everything, change nothing. */
export const READS = PERMISSIONS.filter((permission) => permission.endsWith(":read"));

@InputType()
export class DraftIntegrationTokenInput {
  @TextField({ max: 100, description: "What it is for. Unique among the caller's keys in force." })
  label!: string;

  @TextField({ min: 0, max: 2_000, multiline: true, optional: true, description: "For people." })
  description?: string;

  @InputField(() => DayOrInstantScalar, {
    optional: true,
    description:
      "From when on it is refused; a day counts to its last instant. Default never, unless a policy limits it.",
  })
  expiresAt?: DayOrInstant;

  @TextListField({
    max: PERMISSIONS.length,
    length: 50,
    optional: true,
    description: `The management permissions that it has. Default all that read: ${READS.join(", ")}.`,
  })
  @IsIn(PERMISSIONS, { each: true, message: `must be out of ${PERMISSIONS.join(", ")}` })
  scopes?: string[];
}
