import { ArrayMaxSize, ArrayMinSize, Matches } from "class-validator";
import { Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { InputField, TextField } from "../graphql/fields.js";
import { ApiKey } from "./api-key.entity.js";
import { CreateApiKeyInput } from "./api-key.types.js";
import { Refused } from "./bulk.types.js";

/** Of one request. */
export const IMPORTED_MAX = 1_000;

export enum HashFormat {
  SHA256_HEX = "SHA256_HEX",
  SHA256_BASE64 = "SHA256_BASE64",
}

registerEnumType(HashFormat, {
  name: "HashFormat",
  description: "How the SHA-256 of a key's full text is written.",
  valuesConfig: {
    SHA256_HEX: { description: "64 hexadecimal digits." },
    SHA256_BASE64: { description: "Base64 or base64url, with or without padding." },
  },
});

@InputType({ description: "A key of another system, by its hash; the rest as for a new key." })
export class ImportApiKeyInput extends CreateApiKeyInput {
  @TextField({ max: 64, description: "The SHA-256 of the key's text. A key is imported once." })
  hash!: string;

  @InputField(() => HashFormat, { optional: true, description: "Default SHA256_HEX." })
  hashFormat?: HashFormat;

  @TextField({
    max: 50,
    optional: true,
    description: "What stands before the text that was hashed, such as `sk_live_`. Left out, the whole text was.",
  })
  @Matches(/^[\x21-\x7e]*$/, { message: "must consist of visible ASCII characters" })
  prefix?: string;
}

@InputType()
export class ImportApiKeysInput {
  @InputField(() => [ImportApiKeyInput], {
    description: `1 to ${IMPORTED_MAX}. Each is judged alone: one that is refused keeps no other back.`,
  })
  @ArrayMinSize(1, { message: "must have at least 1 entry" })
  @ArrayMaxSize(IMPORTED_MAX, { message: `must have at most ${IMPORTED_MAX} entries` })
  keys!: ImportApiKeyInput[];

  @InputField(() => Boolean, { optional: true, description: "Only tell what would become of each. Default false." })
  dryRun?: boolean;
}

@ObjectType({ description: "What became of one entry, or in a dry run would become of it." })
export class ImportApiKeyResult {
  @Field(() => Int, { description: "The entry's place in the input, from 0." })
  index!: number;

  @Field(() => ApiKey, { nullable: true, description: "Null in a dry run, and where the entry was refused." })
  apiKey!: ApiKey | null;

  @Field(() => Refused, { nullable: true })
  refused!: Refused | null;
}

@ObjectType()
export class ImportApiKeysPayload {
  @Field(() => Boolean)
  dryRun!: boolean;

  @Field(() => Int, { description: "How many were imported, or in a dry run would be." })
  importedCount!: number;

  @Field(() => Int)
  refusedCount!: number;

  @Field(() => [ImportApiKeyResult], { description: "One for each entry, in their order." })
  results!: ImportApiKeyResult[];
}
