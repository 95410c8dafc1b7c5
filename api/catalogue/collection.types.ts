import { ArgsType, InputType } from "type-graphql";
import { connectionOf } from "../graphql/connection.js";
import { ConfirmField, IdField, TextField, UrlField } from "../graphql/fields.js";
import { SearchArgs } from "../graphql/search.js";
import { Collection } from "./collection.entity.js";

@InputType()
export class CreateCollectionInput {
  @IdField({ description: "The region that it belongs to." })
  regionId!: string;

  @TextField({ max: 100, description: "Unique in its region." })
  name!: string;

  @TextField({ max: 253, description: "The server that offers its APIs." })
  serverName!: string;

  @UrlField({ query: false, description: "What its paths follow." })
  baseUrl!: string;
}

@InputType({ description: "Fields left out stay as they are." })
export class UpdateCollectionInput {
  @IdField({ description: "The collection." })
  id!: string;

  @IdField({ optional: true, description: "The region that it belongs to from now on." })
  regionId?: string;

  @TextField({
    max: 100,
    optional: true,
    description: "Unique in its region. Whoever names it as `<region code>/<collection name>` must follow.",
  })
  name?: string;

  @TextField({ max: 253, optional: true, description: "The server that offers its APIs." })
  serverName?: string;

  @UrlField({ query: false, optional: true, description: "What its paths follow." })
  baseUrl?: string;
}

@InputType()
export class DeleteCollectionInput {
  @IdField({ description: "The collection." })
  id!: string;

  @ConfirmField({ description: "Takes its APIs with it, out of their groups too." })
  confirm?: boolean;
}

@ArgsType()
export class CollectionArgs extends SearchArgs {
  @IdField({ clearable: true, description: "Only those of this region." })
  regionId?: string | null;
}

export const CollectionConnection = connectionOf(Collection);
