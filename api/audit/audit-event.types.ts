import { IsOptional, IsUUID, Length, ValidateNested } from "class-validator";
import { ArgsType, Field, ID, InputType } from "type-graphql";
import { connectionOf } from "../graphql/connection.js";
import { SearchArgs } from "../graphql/search.js";
import { AuditEvent } from "./audit-event.entity.js";
import type { EventConditions } from "./find-events.js";

@InputType({ description: "All given conditions hold together." })
export class AuditEventFilter implements EventConditions {
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

  @Field(() => String, { nullable: true, description: "Events of the call with this `X-Request-Id`." })
  @IsOptional()
  @Length(1, 128, { message: "must have 1 to 128 characters" })
  requestId?: string | null;

  @Field(() => String, { nullable: true, description: "Events of calls with this `X-Transaction-Ref`." })
  @IsOptional()
  @Length(1, 128, { message: "must have 1 to 128 characters" })
  transactionRef?: string | null;

  @Field(() => Date, { nullable: true, description: "Events from this instant on." })
  @IsOptional()
  from?: Date | null;

  @Field(() => Date, { nullable: true, description: "Events before this instant, which must be after `from`." })
  @IsOptional()
  until?: Date | null;
}

@ArgsType()
export class AuditEventArgs extends SearchArgs {
  @Field(() => AuditEventFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  filter?: AuditEventFilter | null;
}

export const AuditEventConnection = connectionOf(AuditEvent);
