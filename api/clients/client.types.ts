import { IsOptional, IsUUID, Length, ValidateNested } from "class-validator";
import { ArgsType, Field, ID, InputType, registerEnumType } from "type-graphql";
import { Audience } from "../catalogue/api.entity.js";
import { invalidInput } from "../errors.js";
import { connectionOf, OrderDirection } from "../graphql/connection.js";
import { IdentifierField, IdField, IdListField, InputField, PasswordField, TextField } from "../graphql/fields.js";
import { SearchArgs } from "../graphql/search.js";
import { SecurityLevel } from "../groups/security-level.js";
import { Client, ClientStatus } from "./client.entity.js";
import { ClientFields } from "./client-fields.js";

const PASSWORD_RULE = "At least 8 characters, 5 different ones, without the client's names.";

@InputType()
export class CreateClientInput extends ClientFields {
  @IdentifierField({
    optional: true,
    description: "The public identifier, unique and never given twice; generated when left out.",
  })
  clientId?: string;

  @IdentifierField({ description: "Unique." })
  name!: string;

  @TextField({ max: 100, description: "The name for people. Unique." })
  displayName!: string;

  @TextField({ max: 2_000, multiline: true, description: "What the client is for." })
  note!: string;

  @InputField(() => SecurityLevel, {
    optional: true,
    description: "The highest level of groups that it may hold. Default C.",
  })
  securityLevel?: SecurityLevel;

  @TextField({
    max: 64,
    optional: true,
    description:
      "IANA time zone, such as `Europe/Berlin`, in which its days are read. Default: that of `serviceTime`, else `UTC`.",
  })
  timeZone?: string;

  @PasswordField({ optional: true, description: `To sign in with; left out, it cannot sign in. ${PASSWORD_RULE}` })
  password?: string;

  @PasswordField({ optional: true, description: "The password again. Needed with `password`." })
  passwordConfirmation?: string;

  @IdListField({ max: 100, optional: true, description: "The authority groups that it holds from the start." })
  groupIds?: string[];
}

@InputType({ description: "Fields left out stay as they are; null clears those that take it." })
export class UpdateClientInput extends ClientFields {
  @ClientReference()
  id!: string;

  @IdentifierField({ optional: true, description: "Unique." })
  name?: string;

  @TextField({ max: 100, optional: true, description: "The name for people. Unique." })
  displayName?: string;

  @TextField({ max: 2_000, multiline: true, optional: true, description: "What the client is for." })
  note?: string;

  @TextField({
    max: 64,
    optional: true,
    description:
      "IANA time zone in which days are read from now on; dates and service time that are set stay as they are.",
  })
  timeZone?: string;
}

@InputType()
export class SetClientStatusInput {
  @ClientReference()
  clientId!: string;

  @InputField(() => ClientStatus, { description: "Only an enabled client's credentials are allowed." })
  status!: ClientStatus;
}

@InputType()
export class ClientGroupsInput {
  @ClientReference()
  clientId!: string;

  @IdListField({ min: 1, max: 100, description: "Authority groups." })
  groupIds!: string[];
}

@InputType()
export class DeleteClientInput {
  @ClientReference()
  id!: string;

  @InputField(() => Boolean, {
    optional: true,
    description: "Must be true. Without it the answer says what would go with the client.",
  })
  confirm?: boolean;
}

function ClientReference(): PropertyDecorator {
  return IdentifierField({ description: "The client's `id` or its client id." });
}

export enum ClientOrderField {
  CREATED_AT = "CREATED_AT",
  CLIENT_ID = "CLIENT_ID",
  NAME = "NAME",
  DISPLAY_NAME = "DISPLAY_NAME",
}

registerEnumType(ClientOrderField, { name: "ClientOrderField" });

@InputType()
export class ClientOrder {
  @Field(() => ClientOrderField)
  field!: ClientOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC })
  direction!: OrderDirection;
}

@InputType({ description: "All given conditions hold together." })
export class ClientFilter {
  @Field(() => ClientStatus, { nullable: true, description: "Default: all." })
  @IsOptional()
  status?: ClientStatus | null;

  @Field(() => Audience, { nullable: true })
  @IsOptional()
  audience?: Audience | null;

  @Field(() => SecurityLevel, { nullable: true })
  @IsOptional()
  securityLevel?: SecurityLevel | null;

  @Field(() => ID, { nullable: true, description: "Holders of this authority group." })
  @IsOptional()
  @IsUUID("all", { message: "must be a UUID" })
  groupId?: string | null;

  @Field(() => ID, { nullable: true, description: "Those that belong to this region." })
  @IsOptional()
  @IsUUID("all", { message: "must be a UUID" })
  regionId?: string | null;

  @Field(() => String, { nullable: true, description: "Those with this tag." })
  @IsOptional()
  @Length(1, 50, { message: "must have 1 to 50 characters" })
  tag?: string | null;
}

@ArgsType()
export class ClientArgs extends SearchArgs {
  @Field(() => ClientFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  filter?: ClientFilter | null;

  @Field(() => ClientOrder, { nullable: true, description: "Default: newest first." })
  @IsOptional()
  orderBy?: ClientOrder | null;
}

@ArgsType()
export class ClientLookup {
  @IdField({ clearable: true, description: "The client's id. Give this or `clientId`." })
  id?: string | null;

  @IdentifierField({ clearable: true, description: "Its client id. Give this or `id`." })
  clientId?: string | null;

  get reference(): string {
    if ((this.id == null) === (this.clientId == null)) {
      throw invalidInput({ path: "id", message: "give exactly one of id and clientId" });
    }
    return (this.id ?? this.clientId) as string;
  }
}

export const ClientConnection = connectionOf(Client);
