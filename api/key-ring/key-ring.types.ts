import { Field, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "One version of the key ring, and what hangs on it. The key material is never shown." })
export class KeyRingVersion {
  @Field(() => Int)
  version!: number;

  @Field(() => Boolean, {
    description: "Whether new digests are made and new secrets sealed with it: the highest one is.",
  })
  current!: boolean;

  @Field(() => Boolean, { description: "Whether the node that answers has it in its ring." })
  present!: boolean;

  @Field(() => Date, { description: "Since when this installation knows it." })
  knownSince!: Date;

  @Field(() => Int, { description: "Keys in force that are recognised by it. Each moves on when it is next used." })
  keysInForce!: number;

  @Field(() => Int, {
    description: "Gateway keys in force that are recognised by it. Each moves on when it is next used.",
  })
  gatewayKeysInForce!: number;

  @Field(() => Int, {
    description:
      "Access tokens, refresh tokens and authorization codes in force that are recognised by it. They stay with it until they expire or are revoked.",
  })
  tokensInForce!: number;

  @Field(() => Int, {
    description:
      "Secrets of keys, tokens and webhooks that are kept encrypted under it. They are moved on within the hour.",
  })
  sealedSecrets!: number;

  @Field(() => Int, { description: "Sessions that are recognised by it. They end by themselves within 12 hours." })
  sessions!: number;

  @Field(() => Int, { description: "Links of mails that wait to be sent, encrypted under it." })
  sealedLinks!: number;

  @Field(() => Boolean, {
    description: "Whether nothing hangs on it any more, so that it can be taken out of `LATCHKEY_KEY_RING`.",
  })
  removable!: boolean;
}
