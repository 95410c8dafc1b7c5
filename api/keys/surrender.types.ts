import { Field, ID, ObjectType } from "type-graphql";
import { Token } from "../tokens/token.entity.js";
import { ApiKey } from "./api-key.entity.js";
import { LookedUpKind, LookedUpStatus } from "./secret-lookup.types.js";

@ObjectType({ description: "A key or token that its holder has given up." })
export class SurrenderedSecret {
  @Field(() => LookedUpKind)
  kind!: LookedUpKind;

  @Field(() => ID, { description: "Of the key or token." })
  id!: string;

  @Field(() => String, { description: "The public part of the key or token, to recognise it by." })
  lookupId!: string;

  @Field(() => LookedUpStatus)
  status!: LookedUpStatus;

  @Field(() => Date, { nullable: true, description: "Null only for a token that had expired." })
  revokedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Who revoked it: its holder, or somebody before." })
  revokedBy!: string | null;

  @Field(() => String, { nullable: true })
  revocationReason!: string | null;

  @Field(() => ApiKey, { nullable: true, description: "The key; null for a token." })
  apiKey!: ApiKey | null;

  @Field(() => Token, { nullable: true, description: "The token; null for a key." })
  token!: Token | null;
}
