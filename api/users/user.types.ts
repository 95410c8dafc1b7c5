import { IsOptional, ValidateNested } from "class-validator";
import { ArgsType, Field, ID, InputType, ObjectType } from "type-graphql";
import type { Actor, ActorKind } from "../access/actor.js";
import { type Permission, Role } from "../access/permissions.js";
import { connectionOf } from "../graphql/connection.js";
import { EmailField, IdField, InputField, PasswordField, TextField } from "../graphql/fields.js";
import { SearchArgs } from "../graphql/search.js";
import { User } from "./user.entity.js";

@ObjectType({ description: "Who is signed in." })
export class SignedInActor {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: "`USER` or `CLIENT`." })
  kind!: ActorKind;

  @Field(() => String, { description: "User name or client id." })
  name!: string;

  @Field(() => Role, { nullable: true, description: "Null for a client." })
  role!: Role | null;

  @Field(() => [String], { description: "What this actor may do; a narrowed key may do less than its user." })
  permissions!: Permission[];

  @Field(() => Boolean, {
    description:
      "Whether the password must be changed first: until then only `me`, `changePassword` and `signOut` run.",
  })
  passwordChangeRequired!: boolean;

  static of({ id, kind, name, role, permissions, passwordChangeRequired }: Actor): SignedInActor {
    return { id, kind, name, role, permissions: [...permissions], passwordChangeRequired };
  }
}

@InputType()
export class CreateUserInput {
  @TextField({ max: 50, description: "The name to sign in with, unique in upper and lower case." })
  userName!: string;

  @PasswordField({ description: "At least 8 characters, 5 different ones, without the user name." })
  password!: string;

  @InputField(() => Role, { description: "What the user may do." })
  role!: Role;

  @TextField({ max: 64, optional: true, description: "IANA time zone, such as `Europe/Berlin`; default `UTC`." })
  timeZone?: string;

  @EmailField({ optional: true, description: "Where mails about the account go." })
  email?: string;
}

@InputType({ description: "Fields left out stay as they are." })
export class UpdateUserInput {
  @IdField({ description: "The user." })
  id!: string;

  @InputField(() => Role, { optional: true, description: "What the user may do; it counts at once." })
  role?: Role;

  @TextField({ max: 64, optional: true, description: "IANA time zone." })
  timeZone?: string;

  @EmailField({ clearable: true, description: "Where mails about the account go; null for none." })
  email?: string | null;
}

@InputType()
export class DeleteUserInput {
  @IdField({ description: "The user." })
  id!: string;

  @InputField(() => Boolean, {
    optional: true,
    description: "Must be true. Without it the answer says what would go with the user.",
  })
  confirm?: boolean;
}

@InputType({ description: "All given conditions hold together." })
export class UserFilter {
  @Field(() => Role, { nullable: true })
  @IsOptional()
  role?: Role | null;
}

@ArgsType()
export class UserArgs extends SearchArgs {
  @Field(() => UserFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  filter?: UserFilter | null;
}

export const UserConnection = connectionOf(User);
