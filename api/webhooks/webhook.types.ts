import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsOptional, IsUUID, ValidateNested } from "class-validator";
import { ArgsType, Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { connectionOf, OrderDirection, PageArgs } from "../graphql/connection.js";
import { IdField, InputField, IntegerField, TextField } from "../graphql/fields.js";
import { SearchArgs } from "../graphql/search.js";
import { Webhook, WebhookEvent } from "./webhook.entity.js";
import { WebhookDelivery, WebhookDeliveryStatus } from "./webhook-delivery.entity.js";

const EVENTS_MAX = 10;
const URL =
  "An https URL without user name and fragment, of a public address; http and private addresses only where `WEBHOOK_PRIVATE_NETWORKS` allows them.";

function EventsField(optional: boolean): PropertyDecorator {
  const rules = [
    InputField(() => [WebhookEvent], { optional, description: "What it is told of: at least one." }),
    ArrayMinSize(1, { message: "must have at least 1 entry" }),
    ArrayMaxSize(EVENTS_MAX, { message: `must have at most ${EVENTS_MAX} entries` }),
    ArrayUnique({ message: "must not repeat an entry" }),
  ];
  return (target, property) => {
    for (const rule of rules) rule(target, property);
  };
}

@InputType()
export class CreateWebhookInput {
  @TextField({ max: 2_000, description: URL })
  url!: string;

  @TextField({ min: 0, max: 500, optional: true, description: "For people." })
  description?: string;

  @EventsField(false)
  events!: WebhookEvent[];
}

@InputType({ description: "What is left out stays as it is." })
export class UpdateWebhookInput {
  @IdField({ description: "The webhook." })
  id!: string;

  @TextField({ max: 2_000, optional: true, description: URL })
  url?: string;

  @TextField({ min: 0, max: 500, optional: true, description: "For people." })
  description?: string;

  @EventsField(true)
  events?: WebhookEvent[];

  @InputField(() => Boolean, { optional: true, description: "Whether it is told of events." })
  enabled?: boolean;
}

@InputType()
export class DeleteWebhookInput {
  @IdField({ description: "The webhook." })
  id!: string;
}

@InputType()
export class RotateWebhookSecretInput {
  @IdField({ description: "The webhook." })
  id!: string;

  @IntegerField({
    min: 0,
    max: 604_800,
    optional: true,
    description: "For how many seconds the secret before signs as well. Default 86400, a day.",
  })
  graceSeconds?: number;
}

@InputType()
export class TestWebhookInput {
  @IdField({ description: "The webhook." })
  id!: string;
}

@ObjectType()
export class WebhookSecretPayload {
  @Field(() => Webhook)
  webhook!: Webhook;

  @Field(() => String, {
    description: "What the receiver checks signatures with, `whsec_` and base64. Shown this once, and kept encrypted.",
  })
  secret!: string;
}

@InputType({ description: "All given conditions hold together." })
export class WebhookFilter {
  @Field(() => Boolean, { nullable: true })
  @IsOptional()
  enabled?: boolean | null;

  @Field(() => WebhookEvent, { nullable: true, description: "Told of this, among others." })
  @IsOptional()
  event?: WebhookEvent | null;
}

export enum WebhookOrderField {
  CREATED_AT = "CREATED_AT",
  URL = "URL",
}

registerEnumType(WebhookOrderField, { name: "WebhookOrderField" });

@InputType()
export class WebhookOrder {
  @Field(() => WebhookOrderField)
  field!: WebhookOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC })
  direction!: OrderDirection;
}

@ArgsType()
export class WebhookArgs extends SearchArgs {
  @Field(() => WebhookFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  filter?: WebhookFilter | null;

  @Field(() => WebhookOrder, { nullable: true, description: "Default: newest first." })
  @IsOptional()
  orderBy?: WebhookOrder | null;
}

export const WebhookConnection = connectionOf(Webhook);

@InputType({ description: "All given conditions hold together." })
export class WebhookDeliveryFilter {
  @Field(() => ID, { nullable: true, description: "To this webhook." })
  @IsOptional()
  @IsUUID("all", { message: "must be a UUID" })
  webhookId?: string | null;

  @Field(() => WebhookDeliveryStatus, { nullable: true })
  @IsOptional()
  status?: WebhookDeliveryStatus | null;
}

@ArgsType()
export class WebhookDeliveryArgs extends PageArgs {
  @Field(() => WebhookDeliveryFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  filter?: WebhookDeliveryFilter | null;
}

export const WebhookDeliveryConnection = connectionOf(WebhookDelivery);
