import { InputType } from "type-graphql";
import { IdField, IntegerField } from "../graphql/fields.js";

const DAY_SECONDS = 86_400;

export const GRACE_SECONDS_DEFAULT = DAY_SECONDS;

@InputType()
export class RotateApiKeyInput {
  @IdField({ description: "The key." })
  id!: string;

  @IntegerField({
    min: 0,
    max: 365 * DAY_SECONDS,
    optional: true,
    description: `For how many seconds the secret of before is accepted too, but never past the key's expiry; 0: no longer. Default ${GRACE_SECONDS_DEFAULT}, a day.`,
  })
  graceSeconds?: number;
}
