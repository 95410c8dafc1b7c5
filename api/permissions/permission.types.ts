import { IsOptional } from "class-validator";
import { ArgsType, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Api, ApiKind } from "../catalogue/api.entity.js";
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from "../database/paginate.js";
import { connectionOf } from "../graphql/connection.js";
import { IdentifierField, IdField, IntegerField } from "../graphql/fields.js";
import { SearchArgs } from "../graphql/search.js";
import type { Holder } from "./holder.js";

export enum GrantKind {
  OPEN_TO_ALL = "OPEN_TO_ALL",
  GROUP = "GROUP",
  SCOPE = "SCOPE",
}

registerEnumType(GrantKind, {
  name: "GrantKind",
  description: "What lets a client, a key or a token call an API.",
  valuesConfig: {
    OPEN_TO_ALL: { description: "The API is open to every valid credential." },
    GROUP: { description: "An authority group that is held." },
    SCOPE: {
      description:
        "A scope that is held. A key that holds one holds its groups too; a client's scope grants to tokens with it, whether or not the client holds the group.",
    },
  },
});

@ObjectType({ description: "One reason for which an API may be called." })
export class Grant {
  @Field(() => GrantKind)
  kind!: GrantKind;

  @Field(() => ID, { nullable: true, description: "The group's or the scope's; null for OPEN_TO_ALL." })
  id!: string | null;

  @Field(() => String, { nullable: true, description: "The group's or the scope's; null for OPEN_TO_ALL." })
  name!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Of a SCOPE: the group in it that has the API. A scope with several such groups is named with each.",
  })
  groupName!: string | null;
}

@ObjectType({
  description:
    "A listed API that a client, a key or a token may call. It tells of rights alone: a key or a token that is revoked or expired, or a client that is disabled, has them still, and its calls are refused all the same.",
})
export class EffectivePermission {
  @Field(() => Api)
  api!: Api;

  holder!: Holder;
}

export const EffectivePermissionConnection = connectionOf(EffectivePermission);

@ArgsType()
export class EffectivePermissionArgs extends SearchArgs {
  @IdentifierField({
    clearable: true,
    description: "The client, by `id` or client id. Give this, `apiKeyId` or `tokenId`.",
  })
  clientId?: string | null;

  @IdField({ clearable: true, description: "The key. Give this, `clientId` or `tokenId`." })
  apiKeyId?: string | null;

  @IdField({ clearable: true, description: "The token. Give this, `clientId` or `apiKeyId`." })
  tokenId?: string | null;

  @Field(() => ApiKind, { nullable: true, description: "Default: REST and SOAP." })
  @IsOptional()
  kind?: ApiKind | null;

  @IdField({ clearable: true, description: "Only APIs in this region." })
  regionId?: string | null;

  @IdField({ clearable: true, description: "Only APIs of this collection." })
  collectionId?: string | null;
}

@ArgsType()
export class FirstPermissionsArgs {
  @IntegerField({
    min: 0,
    max: PAGE_SIZE_MAX,
    optional: true,
    description: `How many, by name; default ${PAGE_SIZE_DEFAULT}. Go on with \`effectivePermissions(apiKeyId | tokenId, after: endCursor)\`, in a record with its kind and place.`,
  })
  first?: number;
}
