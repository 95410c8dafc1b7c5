import { ArgsType, Field, ObjectType, registerEnumType } from "type-graphql";
import { TextField } from "../graphql/fields.js";
import { ApiKey } from "./api-key.entity.js";
import { ApiKeyStatus } from "./api-key-status.js";

export enum LookedUpKind {
  API_KEY = "API_KEY",
}

registerEnumType(LookedUpKind, { name: "LookedUpKind", description: "What a secret that was looked up opens." });

/** A key's statuses, and that of a secret whose key has been given another one. */
export const LookedUpStatus = { ...ApiKeyStatus, ROTATED_OUT: "ROTATED_OUT" } as const;
export type LookedUpStatus = (typeof LookedUpStatus)[keyof typeof LookedUpStatus];

registerEnumType(LookedUpStatus, {
  name: "LookedUpStatus",
  description: "What has become of a secret. All but ROTATED_OUT is said of its key.",
  valuesConfig: {
    ROTATED_OUT: { description: "Its key has a newer secret, and the grace for this one is over." },
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
}

@ArgsType()
export class LookupSecretArgs {
  @TextField({
    max: 500,
    description: "The full text of the secret. Send it as a variable; it is neither logged nor kept nor repeated.",
  })
  secret!: string;
}
