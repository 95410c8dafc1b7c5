import { ArrayMaxSize, ArrayMinSize, ValidateNested } from "class-validator";
import { Field, InputType, Int, ObjectType } from "type-graphql";
import { InputField, IntegerField, TextField } from "../graphql/fields.js";
import { ApiKey } from "./api-key.entity.js";
import { ApiKeyFilter, CreateApiKeyInput } from "./api-key.types.js";

/** Of one request. */
export const CREATED_MAX = 1_000;
export const REVOKED_MAX = 10_000;

@InputType()
export class CreateApiKeysInput {
  @InputField(() => [CreateApiKeyInput], {
    description: `1 to ${CREATED_MAX}, each as for \`createApiKey\`. Each is judged alone: one that is refused keeps no other back.`,
  })
  @ArrayMinSize(1, { message: "must have at least 1 entry" })
  @ArrayMaxSize(CREATED_MAX, { message: `must have at most ${CREATED_MAX} entries` })
  keys!: CreateApiKeyInput[];
}

@ObjectType({ description: "One input field that stands in the way." })
export class RefusedField {
  @Field(() => String, { description: "Dotted, within the entry." })
  path!: string;

  @Field(() => String)
  message!: string;
}

@ObjectType({ description: "Why an entry of many was refused." })
export class Refused {
  @Field(() => String, {
    description: "As the `extensions.code` of an operation that is refused: `INVALID_INPUT`, `NOT_FOUND`, `CONFLICT`.",
  })
  code!: string;

  @Field(() => String)
  message!: string;

  @Field(() => [RefusedField])
  fields!: readonly RefusedField[];
}

@ObjectType({ description: "What became of one entry: a key with its secret, or the reason why there is none." })
export class CreateApiKeyResult {
  @Field(() => Int, { description: "The entry's place in the input, from 0." })
  index!: number;

  @Field(() => ApiKey, { nullable: true })
  apiKey!: ApiKey | null;

  @Field(() => String, { nullable: true, description: "Shown this once." })
  secret!: string | null;

  @Field(() => Refused, { nullable: true })
  refused!: Refused | null;
}

@ObjectType()
export class CreateApiKeysPayload {
  @Field(() => Int)
  createdCount!: number;

  @Field(() => Int)
  refusedCount!: number;

  @Field(() => [CreateApiKeyResult], { description: "One for each entry, in their order." })
  results!: CreateApiKeyResult[];
}

@InputType()
export class RevokeApiKeysInput {
  @InputField(() => ApiKeyFilter, {
    optional: true,
    description: "Which keys, as in `apiKeys`. Give this, `search` or both; nothing at all is refused.",
  })
  @ValidateNested()
  filter?: ApiKeyFilter;

  @TextField({ max: 200, optional: true, description: "Which keys, as in `apiKeys`." })
  search?: string;

  @IntegerField({
    min: 0,
    max: REVOKED_MAX,
    description: "How many keys in force you expect to revoke. If it is another number, nothing is changed.",
  })
  expectedCount!: number;

  @TextField({ max: 500, description: "Why; it stays with each key." })
  reason!: string;
}

@ObjectType()
export class RevokeApiKeysPayload {
  @Field(() => Int)
  revokedCount!: number;
}
