import { ArgsType, Field, ObjectType, registerEnumType } from "type-graphql";
import { TextField } from "../graphql/fields.js";
import { Token } from "../tokens/token.entity.js";
import { TokenStatus } from "../tokens/token-status.js";
import { ApiKey } from "./api-key.entity.js";
import { ApiKeyStatus } from "./api-key-status.js";

export enum LookedUpKind {
  API_KEY = "API_KEY",
  ACCESS_TOKEN = "ACCESS_TOKEN",
  REFRESH_TOKEN = "REFRESH_TOKEN",
}

registerEnumType(LookedUpKind, { name: "LookedUpKind", description: "What a secret that was looked up opens." });

/** A key's statuses, that of a secret whose key has been given another one, and a token's statuses. */
export const LookedUpStatus = { ...ApiKeyStatus, ROTATED_OUT: "ROTATED_OUT", ...TokenStatus } as const;
export type LookedUpStatus = ApiKeyStatus | TokenStatus | typeof LookedUpStatus.ROTATED_OUT;

registerEnumType(LookedUpStatus, {
  name: "LookedUpStatus",
  description: "What has become of a secret. Of a key's secret, all but ROTATED_OUT is said of the key.",
  valuesConfig: {
    ROTATED_OUT: { description: "Its key has a newer secret, and the grace for this one is over." },
    USES_EXHAUSTED: { description: "A token that was used as often as it may be." },
    REPLACED: { description: "A refresh token that was exchanged for the next one." },
  },
});

@ObjectType({
  description: "Whose secret it is that somebody has found or was sent. What is not the secret's is null.",
})
export class LookedUpSecret {
  @Field(() => LookedUpKind)
  kind!: LookedUpKind;

  @Field(() => LookedUpStatus, { description: "Whether the secret itself is still accepted." })
  status!: LookedUpStatus;

  @Field(() => ApiKey, {
    nullable: true,
    description: "The key that it opens; what the key may do stands in its fields.",
  })
  apiKey!: ApiKey | null;

  @Field(() => Token, { nullable: true, description: "The token that it is; what it may do stands in its fields." })
  token!: Token | null;

  // Without @Field: whose it is is told by loaders.

  clientId!: string | null;

  userId!: string | null;
}

@ArgsType()
export class LookupSecretArgs {
  @TextField({
    max: 500,
    description: "The full text of the secret. Send it as a variable; it is neither logged nor kept nor repeated.",
  })
  secret!: string;
}
