import { ArrayMaxSize, IsArray, IsString, ValidateNested } from "class-validator";
import { GraphQLJSONObject } from "graphql-scalars";
import { InputType } from "type-graphql";
import { Audience } from "../catalogue/api.entity.js";
import { DayOrInstantScalar } from "../graphql/day-or-instant.js";
import { IdField, InputField, IntegerField, TextField, TextListField } from "../graphql/fields.js";
import { IsSmallJson } from "../graphql/small-json.js";
import { ClientStatus } from "./client.entity.js";
import { HostBindingInput } from "./host-binding.types.js";
import { QuotaInput } from "./quota.types.js";
import { ServiceTimeInput } from "./service-time.types.js";
import type { DayOrInstant } from "./whole-day.js";

const HOST_BINDINGS_MAX = 100;
const EMAILS_MAX = 200;

/** What may be left out both when a client is created and when it is changed. Null clears what can be cleared. */
@InputType()
export abstract class ClientFields {
  @TextField({ max: 50, clearable: true, description: "The number under which the client was applied for." })
  applicationNumber?: string | null;

  @InputField(() => [HostBindingInput], {
    clearable: true,
    description: `From where its credentials are allowed; empty: from anywhere. Up to ${HOST_BINDINGS_MAX}.`,
  })
  @IsArray({ message: "must be a list" })
  @ArrayMaxSize(HOST_BINDINGS_MAX, { message: `must have at most ${HOST_BINDINGS_MAX} entries` })
  @ValidateNested({ each: true })
  hostBindings?: HostBindingInput[] | null;

  @InputField(() => DayOrInstantScalar, {
    clearable: true,
    description: "From when on its credentials are allowed; a day counts from its first instant. Null: from ever.",
  })
  startsAt?: DayOrInstant | null;

  @InputField(() => DayOrInstantScalar, {
    clearable: true,
    description: "From when on its credentials are refused; a day counts to its last instant. Null: never.",
  })
  expiresAt?: DayOrInstant | null;

  @InputField(() => ServiceTimeInput, {
    clearable: true,
    description: "When its credentials are allowed. Null: always.",
  })
  @ValidateNested()
  serviceTime?: ServiceTimeInput | null;

  @InputField(() => QuotaInput, {
    clearable: true,
    description: "Calls allowed in a period. Null: without limit.",
  })
  @ValidateNested()
  quota?: QuotaInput | null;

  @IntegerField({
    min: 0,
    max: 1_000_000,
    optional: true,
    description: "Transactions per second on each node; 0: without limit. Default 10.",
  })
  tpsPerNode?: number;

  @IntegerField({ min: 0, max: 9, optional: true, description: "0 is the highest. Default 5." })
  priority?: number;

  @InputField(() => ClientStatus, { optional: true, description: "Default ENABLED." })
  status?: ClientStatus;

  @InputField(() => Audience, {
    optional: true,
    description: "Which APIs of the catalogue it is offered. Default INTERNAL_AND_EXTERNAL.",
  })
  audience?: Audience;

  @InputField(() => [String], {
    clearable: true,
    description: `Where mails about it go: up to ${EMAILS_MAX} different e-mail addresses.`,
  })
  @IsArray({ message: "must be a list" })
  @ArrayMaxSize(EMAILS_MAX, { message: `must have at most ${EMAILS_MAX} entries` })
  @IsString({ each: true, message: "must be texts" })
  emails?: string[] | null;

  @TextField({ max: 2_000, multiline: true, clearable: true, description: "For people." })
  remark?: string | null;

  @IdField({ clearable: true, description: "The region that it belongs to." })
  regionId?: string | null;

  @TextListField({ max: 20, length: 50, clearable: true, description: "To find it by." })
  tags?: string[] | null;

  @InputField(() => GraphQLJSONObject, {
    clearable: true,
    description: "For your own systems. Up to 4096 characters of JSON.",
  })
  @IsSmallJson(4_096)
  metadata?: object | null;
}
