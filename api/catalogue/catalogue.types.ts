import { IsOptional, IsUrl, ValidateNested } from "class-validator";
import { ArgsType, Field, InputType } from "type-graphql";
import { connectionOf } from "../graphql/connection.js";
import { IdentifierField, IdField, InputField, TextField } from "../graphql/fields.js";
import { SearchArgs } from "../graphql/search.js";
import { Api, ApiKind, ApiStatus, Audience, HttpMethod } from "./api.entity.js";
import { Collection } from "./collection.entity.js";
import { Region } from "./region.entity.js";

@InputType()
export class CreateRegionInput {
  @IdentifierField({ description: "Unique." })
  code!: string;

  @TextField({ max: 100, description: "Unique." })
  name!: string;
}

@InputType()
export class CreateCollectionInput {
  @IdField({ description: "The region that it belongs to." })
  regionId!: string;

  @TextField({ max: 100, description: "Unique in its region." })
  name!: string;

  @TextField({ max: 253, description: "The server that offers its APIs." })
  serverName!: string;

  @TextField({ max: 2_000, description: "Absolute http or https URL that its paths follow." })
  @IsUrl(
    {
      protocols: ["http", "https"],
      require_protocol: true,
      require_tld: false,
      allow_query_components: false,
      allow_fragments: false,
    },
    { message: "must be an absolute http or https URL without query and fragment" },
  )
  baseUrl!: string;
}

@InputType()
export class CreateApiInput {
  @IdField({ description: "The collection that it belongs to." })
  collectionId!: string;

  @InputField(() => ApiKind, { description: "REST." })
  kind!: ApiKind;

  @TextField({ max: 100, description: "What the operation is called." })
  name!: string;

  @TextField({ min: 0, max: 2_000, multiline: true, optional: true, description: "For people." })
  description?: string;

  @InputField(() => HttpMethod, { description: "The method that it is called with." })
  method!: HttpMethod;

  @TextField({
    max: 500,
    description:
      "Path template: segments of plain text or whole parameters, such as `/orders/{id}`. Unique by shape for its method.",
  })
  path!: string;

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

@InputType({ description: "All given conditions hold together." })
export class ApiFilter {
  @Field(() => ApiStatus, { nullable: true })
  @IsOptional()
  status?: ApiStatus | null;

  @Field(() => HttpMethod, { nullable: true })
  @IsOptional()
  method?: HttpMethod | null;
}

@ArgsType()
export class ApiArgs extends SearchArgs {
  @Field(() => ApiKind, { nullable: true })
  @IsOptional()
  kind?: ApiKind | null;

  @IdField({ clearable: true, description: "Only those of this collection." })
  collectionId?: string | null;

  @Field(() => ApiFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  filter?: ApiFilter | null;
}

@ArgsType()
export class CollectionArgs extends SearchArgs {
  @IdField({ clearable: true, description: "Only those of this region." })
  regionId?: string | null;
}

export const RegionConnection = connectionOf(Region);
export const CollectionConnection = connectionOf(Collection);
export const ApiConnection = connectionOf(Api);
