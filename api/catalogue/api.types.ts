import { IsOptional, IsUUID, Matches, ValidateNested } from "class-validator";
import { ArgsType, Field, ID, InputType } from "type-graphql";
import { connectionOf } from "../graphql/connection.js";
import { ConfirmField, IdField, InputField, TextField, UrlField } from "../graphql/fields.js";
import { SearchArgs } from "../graphql/search.js";
import { Api, ApiKind, ApiStatus, Audience, HttpMethod } from "./api.entity.js";

/** What a header can carry between quotes, without the quotes (SOAP 1.1 section 6.1.1). */
const SOAP_ACTION = /^[\x21\x23-\x7e]*$/;
const notHeaderText = { message: 'must consist of visible ASCII characters without "' };

@InputType()
export class CreateApiInput {
  @IdField({ description: "The collection that it belongs to." })
  collectionId!: string;

  @InputField(() => ApiKind, {
    description: "REST needs `method` and `path`; SOAP needs `soapAction`, `operation` or both.",
  })
  kind!: ApiKind;

  @TextField({ max: 100, description: "What the operation is called." })
  name!: string;

  @TextField({ min: 0, max: 2_000, multiline: true, optional: true, description: "For people." })
  description?: string;

  @InputField(() => HttpMethod, { optional: true, description: "REST: the method that it is called with." })
  method?: HttpMethod;

  @TextField({
    max: 500,
    optional: true,
    description:
      "REST: a path template, such as `/orders/{id}` or `/files/{name}.json`. A parameter stands for one or more characters within one segment. Plain text may be percent-encoded. Upper and lower case differ, and so do `/orders` and `/orders/`. Of templates that match one call, plain text goes before parameters, and more of it before less, from left to right. Unique for its method, whatever its parameters are called.",
  })
  path?: string;

  @UrlField({
    query: true,
    clearable: true,
    description: "SOAP: where it is called. Left out: at the base URL of the collection.",
  })
  endpoint?: string | null;

  @TextField({
    min: 0,
    max: 500,
    clearable: true,
    description:
      "SOAP: the value of the `SOAPAction` header, or of the content type's `action`, without quotes. Unique for its endpoint. Empty counts as left out.",
  })
  @Matches(SOAP_ACTION, notHeaderText)
  soapAction?: string | null;

  @TextField({ max: 200, clearable: true, description: "SOAP: the operation's name, for calls that name it instead." })
  @Matches(SOAP_ACTION, notHeaderText)
  operation?: string | null;

  @TextField({ max: 200, clearable: true, description: "SOAP: the WSDL port that offers it." })
  port?: string | null;

  @UrlField({ query: true, clearable: true, description: "SOAP: where its WSDL is found. It is never fetched." })
  wsdlLocation?: string | null;

  @InputField(() => ApiStatus, { optional: true, description: "Default LISTED." })
  status?: ApiStatus;

  @InputField(() => Audience, { optional: true, description: "Default INTERNAL_AND_EXTERNAL." })
  audience?: Audience;

  @InputField(() => Boolean, {
    optional: true,
    description: "Whether every valid credential may call it, with or without a group. Default false.",
  })
  openToAll?: boolean;
}

@InputType({ description: "Fields left out stay as they are. Collection and kind cannot be changed." })
export class UpdateApiInput {
  @IdField({ description: "The API." })
  id!: string;

  @TextField({ max: 100, optional: true, description: "What the operation is called." })
  name?: string;

  @TextField({ min: 0, max: 2_000, multiline: true, optional: true, description: "For people." })
  description?: string;

  @InputField(() => HttpMethod, { optional: true, description: "REST: the method that it is called with." })
  method?: HttpMethod;

  @TextField({ max: 500, optional: true, description: "REST: a path template, as in `CreateApiInput`." })
  path?: string;

  @UrlField({
    query: true,
    clearable: true,
    description: "SOAP: where it is called; null: at the collection's base URL.",
  })
  endpoint?: string | null;

  @TextField({ min: 0, max: 500, clearable: true, description: "SOAP: as in `CreateApiInput`; null: none." })
  @Matches(SOAP_ACTION, notHeaderText)
  soapAction?: string | null;

  @TextField({ max: 200, clearable: true, description: "SOAP: the operation's name; null: none." })
  @Matches(SOAP_ACTION, notHeaderText)
  operation?: string | null;

  @TextField({ max: 200, clearable: true, description: "SOAP: the WSDL port that offers it; null: not known." })
  port?: string | null;

  @UrlField({ query: true, clearable: true, description: "SOAP: where its WSDL is found; null: not known." })
  wsdlLocation?: string | null;

  @InputField(() => ApiStatus, { optional: true, description: "Delisted, every call of it is refused." })
  status?: ApiStatus;

  @InputField(() => Audience, { optional: true, description: "Whom it is offered to." })
  audience?: Audience;

  @InputField(() => Boolean, { optional: true, description: "Whether every valid credential may call it." })
  openToAll?: boolean;
}

@InputType()
export class DeleteApiInput {
  @IdField({ description: "The API." })
  id!: string;

  @ConfirmField({ description: "Takes it out of the groups that grant it." })
  confirm?: boolean;
}

@InputType({ description: "All given conditions hold together." })
export class ApiFilter {
  @Field(() => ApiStatus, { nullable: true })
  @IsOptional()
  status?: ApiStatus | null;

  @Field(() => HttpMethod, { nullable: true })
  @IsOptional()
  method?: HttpMethod | null;

  @Field(() => Audience, { nullable: true })
  @IsOptional()
  audience?: Audience | null;

  @Field(() => Boolean, { nullable: true })
  @IsOptional()
  openToAll?: boolean | null;

  @Field(() => ID, { nullable: true, description: "Those that this authority group grants." })
  @IsOptional()
  @IsUUID("all", { message: "must be a UUID" })
  groupId?: string | null;
}

@ArgsType()
export class ApiArgs extends SearchArgs {
  @Field(() => ApiKind, { nullable: true })
  @IsOptional()
  kind?: ApiKind | null;

  @IdField({ clearable: true, description: "Only those of this region." })
  regionId?: string | null;

  @IdField({ clearable: true, description: "Only those of this collection." })
  collectionId?: string | null;

  @Field(() => ApiFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  filter?: ApiFilter | null;
}

export const ApiConnection = connectionOf(Api);
