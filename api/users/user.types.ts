import { IsOptional, ValidateNested } from "class-validator";
import { ArgsType, Field, ID, InputType, ObjectType } from "type-graphql";
import type { ActorKind } from "../access/actor.js";
import { type Permission, Role } from "../access/permissions.js";
import { connectionOf } from "../graphql/connection.js";
import { InputField, PasswordField, TextField } from "../graphql/fields.js";
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
}

@InputType()
export class SignInInput {
  @TextField({ max: 100, description: "A user's name or a client's client id." })
  name!: string;

  @PasswordField({ description: "The password." })
  password!: string;
}

@ObjectType()
export class SignInPayload {
  @Field(() => String, { description: "The session token, shown this once. Send it as `Authorization: Bearer`." })
  token!: string;

  @Field(() => Date, { description: "When the session ends by itself." })
  expiresAt!: Date;

  @Field(() => SignedInActor)
  actor!: SignedInActor;
}

@InputType()
export class CreateUserInput {
  @TextField({ max: 50, description: "The name to sign in with, unique in upper and lower case." })
  userName!: string;

  @PasswordField({ description: "At least 8 characters, 5 different ones, without the user name." })
  password!: string;

  @InputField(() => Role, { description: "What the user may do." })
  role!: Role;

  @TextField({ max: 254, optional: true, description: "Where mails go." })
  email?: string;

  @TextField({ max: 64, optional: true, description: "IANA time zone, such as `Europe/Berlin`; default `UTC`." })
  timeZone?: string;
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
