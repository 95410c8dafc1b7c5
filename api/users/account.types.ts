import { Field, InputType, ObjectType } from "type-graphql";
import { Client } from "../clients/client.entity.js";
import { invalidInput } from "../errors.js";
import { PasswordField } from "../graphql/fields.js";
import { AccountReference } from "./sign-in-policy.types.js";
import { User } from "./user.entity.js";

@InputType()
export class ChangePasswordInput {
  @PasswordField({ description: "The password until now." })
  oldPassword!: string;

  @PasswordField({ description: "At least 8 characters, 5 different ones, without the account's names." })
  newPassword!: string;

  @PasswordField({ description: "The new password again." })
  newPasswordConfirmation!: string;

  /** What can be told without a look at the account. */
  refuseMismatch(): void {
    if (this.newPassword !== this.newPasswordConfirmation) {
      throw invalidInput({ path: "newPasswordConfirmation", message: "must be the same as newPassword" });
    }
    if (this.newPassword === this.oldPassword) {
      throw invalidInput({ path: "newPassword", message: "must not be the old password" });
    }
  }
}

@InputType()
export class OneTimePasswordInput extends AccountReference {
  @PasswordField({
    optional: true,
    description: "To be changed at the next sign-in; a random one is made when left out. The rule of other passwords.",
  })
  password?: string;
}

@ObjectType({ description: "One of the two." })
export class AccountPayload {
  @Field(() => User, { nullable: true })
  user!: User | null;

  @Field(() => Client, { nullable: true })
  client!: Client | null;
}

@ObjectType()
export class OneTimePasswordPayload extends AccountPayload {
  @Field(() => String, {
    nullable: true,
    description: "The random password, shown this once, to hand to its owner. Null when the input gave one.",
  })
  password!: string | null;
}

export function payloadOf(account: User | Client): Pick<AccountPayload, "user" | "client"> {
  return account instanceof User ? { user: account, client: null } : { user: null, client: account };
}
