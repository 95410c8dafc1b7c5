import { InputType } from "type-graphql";
import { connectionOf } from "../graphql/connection.js";
import { ConfirmField, IdentifierField, IdField, TextField } from "../graphql/fields.js";
import { Region } from "./region.entity.js";

@InputType()
export class CreateRegionInput {
  @IdentifierField({ description: "Unique." })
  code!: string;

  @TextField({ max: 100, description: "Unique." })
  name!: string;
}

@InputType({ description: "Fields left out stay as they are." })
export class UpdateRegionInput {
  @IdField({ description: "The region." })
  id!: string;

  @IdentifierField({
    optional: true,
    description: "Unique. Whoever names a collection as `<region code>/<collection name>` must follow.",
  })
  code?: string;

  @TextField({ max: 100, optional: true, description: "Unique." })
  name?: string;
}

@InputType()
export class DeleteRegionInput {
  @IdField({ description: "The region." })
  id!: string;

  @ConfirmField({
    description: "Takes its collections and their APIs with it; clients of the region are left without one.",
  })
  confirm?: boolean;
}

export const RegionConnection = connectionOf(Region);
