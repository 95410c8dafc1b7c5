import { IsOptional, IsUUID, Length, ValidateNested } from "class-validator";
import { ArgsType, Field, ID, InputType } from "type-graphql";
import { connectionOf } from "../graphql/connection.js";
import { SearchArgs } from "../graphql/search.js";
import { AuditEvent } from "./audit-event.entity.js";

@InputType({ description: "All given conditions hold together." })
export class AuditEventFilter {
  @Field(() => ID, { nullable: true, description: "Events of this user or client." })
  @IsOptional()
  @IsUUID("all", { message: "must be a UUID" })
  actorId?: string | null;

  @Field(() => ID, { nullable: true, description: "Events about this thing." })
  @IsOptional()
  @IsUUID("all", { message: "must be a UUID" })
  targetId?: string | null;

  @Field(() => String, { nullable: true, description: "Events of this kind, such as `apiKey.revoked`." })
  @IsOptional()
  @Length(1, 100, { message: "must have 1 to 100 characters" })
  event?: string | null;
}

@ArgsType()
export class AuditEventArgs extends SearchArgs {
  @Field(() => AuditEventFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  filter?: AuditEventFilter | null;
}

export const AuditEventConnection = connectionOf(AuditEvent);
