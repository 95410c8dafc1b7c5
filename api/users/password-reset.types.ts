import { InputType } from "type-graphql";
import { PasswordField, TextField } from "../graphql/fields.js";

@InputType()
export class RequestPasswordResetInput {
  @TextField({ max: 100, description: "A user's name or a client's client id." })
  name!: string;
}

@InputType()
export class ResetPasswordInput {
  @TextField({ max: 100, description: "What stands after `token=` in the link." })
  token!: string;

  @PasswordField({ description: "At least 8 characters, 5 different ones, without the account's names." })
  password!: string;

  @PasswordField({ description: "The password again." })
  passwordConfirmation!: string;
}
