import { IsOptional, Length, ValidateNested } from "class-validator";
import { ArgsType, Field, InputType } from "type-graphql";
import { connectionOf } from "../graphql/connection.js";
import { SearchArgs } from "../graphql/search.js";
import { Notification, NotificationStatus } from "./notification.entity.js";

@InputType({ description: "All given conditions hold together." })
export class NotificationFilter {
  @Field(() => NotificationStatus, { nullable: true })
  @IsOptional()
  status?: NotificationStatus | null;

  @Field(() => String, { nullable: true, description: "Mails of this kind, such as `passwordReset`." })
  @IsOptional()
  @Length(1, 100, { message: "must have 1 to 100 characters" })
  kind?: string | null;
}

@ArgsType()
export class NotificationArgs extends SearchArgs {
  @Field(() => NotificationFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  filter?: NotificationFilter | null;
}

export const NotificationConnection = connectionOf(Notification);
