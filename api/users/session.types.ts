import { IsOptional, ValidateNested } from "class-validator";
import { ArgsType, Field, InputType, ObjectType } from "type-graphql";
import { connectionOf, PageArgs } from "../graphql/connection.js";
import { IdentifierField, IdField, PasswordField, TextField } from "../graphql/fields.js";
import { Session } from "./session.entity.js";
import { SignedInActor } from "./user.types.js";

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

@InputType({
  description: "Left out as a whole: the caller's own sessions. Sessions out of the caller's reach are not listed.",
})
export class SessionFilter {
  @IdField({ clearable: true, description: "Of this user. Others' take the permission `users:read`." })
  userId?: string | null;

  @IdentifierField({ clearable: true, description: "Of this client, by `id` or client id. Takes `clients:read`." })
  clientId?: string | null;
}

@ArgsType()
export class SessionArgs extends PageArgs {
  @Field(() => SessionFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  filter?: SessionFilter | null;
}

@InputType()
export class EndSessionInput {
  @IdField({ description: "The session." })
  id!: string;
}

export const SessionConnection = connectionOf(Session);
