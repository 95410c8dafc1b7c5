import { Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { IdentifierField, IdField, InputField, IntegerField } from "../graphql/fields.js";
import {
  failuresInForce,
  isLocked,
  SignInLock,
  type SignInState,
  THRESHOLD_MAX,
  THRESHOLD_OF_CLIENTS,
  THRESHOLD_OF_USERS,
} from "./sign-in-policy.js";

registerEnumType(SignInLock, {
  name: "SignInLock",
  description: "How an account is locked when too many sign-ins have failed.",
  valuesConfig: {
    TEMPORARY: {
      description:
        "For 1 minute, and twice as long each time it happens again without a success between, up to 24 hours.",
    },
    PERMANENT: { description: "Until somebody unlocks it." },
  },
});

@ObjectType({ description: "How failed sign-ins of an account are counted, and what they have led to." })
export class SignInPolicy {
  @Field(() => Int, {
    description: `How many sign-ins may fail in a row before the account is locked. Default ${THRESHOLD_OF_USERS} for users, ${THRESHOLD_OF_CLIENTS} for clients.`,
  })
  threshold!: number;

  @Field(() => SignInLock, { description: "Default TEMPORARY." })
  lock!: SignInLock;

  @Field(() => Int, { description: "Since the last success; 0 again when a temporary lock has run out." })
  failedSignIns!: number;

  @Field(() => Boolean, { description: "Whether failed sign-ins lock the account now." })
  locked!: boolean;

  @Field(() => Date, {
    nullable: true,
    description: "When the lock runs out; null without one, and of a permanent one.",
  })
  lockedUntil!: Date | null;
}

/** Derived at the moment of asking, so that it is never out of date when a lock has run out. */
export function signInPolicyOf(state: SignInState, now: Date): SignInPolicy {
  const locked = isLocked(state, now);
  return {
    threshold: state.signInThreshold,
    lock: state.signInLock,
    failedSignIns: failuresInForce(state, now),
    locked,
    lockedUntil: locked ? state.lockEndsAt : null,
  };
}

/** One user or one client. */
@InputType()
export abstract class AccountReference {
  @IdField({ optional: true, description: "A user, by `id`. Give this or `clientId`." })
  userId?: string;

  @IdentifierField({ optional: true, description: "A client, by `id` or client id. Give this or `userId`." })
  clientId?: string;
}

@InputType({ description: "Fields left out stay as they are." })
export class SetSignInPolicyInput extends AccountReference {
  @IntegerField({
    min: 1,
    max: THRESHOLD_MAX,
    optional: true,
    description: "How many sign-ins may fail in a row before the account is locked.",
  })
  threshold?: number;

  @InputField(() => SignInLock, { optional: true, description: "What the next lock will be like." })
  lock?: SignInLock;

  @InputField(() => Boolean, {
    optional: true,
    description: "Count failed sign-ins from 0 again, and let the next lock be a short one. A lock in force stays.",
  })
  resetCounter?: boolean;

  @InputField(() => Boolean, {
    optional: true,
    description: "Lift the lock, also one set with `setClientStatus`, and count from 0 again.",
  })
  unlock?: boolean;
}
