import { IsOptional, IsUUID, Length, ValidateNested } from "class-validator";
import { ArgsType, Field, ID, InputType, registerEnumType } from "type-graphql";
import { connectionOf, OrderDirection } from "../graphql/connection.js";
import { IdField, TextField } from "../graphql/fields.js";
import { SearchArgs } from "../graphql/search.js";
import { Anomaly, AnomalyKind } from "./anomaly.entity.js";

@InputType()
export class AcknowledgeAnomalyInput {
  @IdField({ description: "The anomaly." })
  id!: string;

  @TextField({ max: 500, optional: true, description: "What it was; it stays with the anomaly." })
  note?: string;
}

@InputType({ description: "All given conditions hold together." })
export class AnomalyFilter {
  @Field(() => AnomalyKind, { nullable: true })
  @IsOptional()
  kind?: AnomalyKind | null;

  @Field(() => String, {
    nullable: true,
    description: "Of this client's keys and tokens, by its id or its client id.",
  })
  @IsOptional()
  @Length(1, 50, { message: "must have 1 to 50 characters" })
  clientId?: string | null;

  @Field(() => ID, { nullable: true, description: "Of this API key." })
  @IsOptional()
  @IsUUID("all", { message: "must be a UUID" })
  apiKeyId?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether somebody has seen to it. Default: all." })
  @IsOptional()
  acknowledged?: boolean | null;

  @Field(() => Date, { nullable: true, description: "Found at this instant or later." })
  @IsOptional()
  from?: Date | null;

  @Field(() => Date, { nullable: true, description: "Found before this instant." })
  @IsOptional()
  until?: Date | null;
}

export enum AnomalyOrderField {
  DETECTED_AT = "DETECTED_AT",
  KIND = "KIND",
}

registerEnumType(AnomalyOrderField, { name: "AnomalyOrderField" });

@InputType()
export class AnomalyOrder {
  @Field(() => AnomalyOrderField)
  field!: AnomalyOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC })
  direction!: OrderDirection;
}

@ArgsType()
export class AnomalyArgs extends SearchArgs {
  @Field(() => AnomalyFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  filter?: AnomalyFilter | null;

  @Field(() => AnomalyOrder, { nullable: true, description: "Default: newest first." })
  @IsOptional()
  orderBy?: AnomalyOrder | null;
}

export const AnomalyConnection = connectionOf(Anomaly);
