import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { InstantColumn } from "../database/instant-column.js";

export enum ApiKind {
  REST = "REST",
}

export enum ApiStatus {
  LISTED = "LISTED",
  DELISTED = "DELISTED",
}

export enum Audience {
  INTERNAL_AND_EXTERNAL = "INTERNAL_AND_EXTERNAL",
  EXTERNAL = "EXTERNAL",
  INTERNAL = "INTERNAL",
}

export enum HttpMethod {
  GET = "GET",
  HEAD = "HEAD",
  POST = "POST",
  PUT = "PUT",
  PATCH = "PATCH",
  DELETE = "DELETE",
  OPTIONS = "OPTIONS",
}

registerEnumType(ApiKind, { name: "ApiKind", description: "REST: a method and a path template." });
registerEnumType(ApiStatus, {
  name: "ApiStatus",
  description: "A delisted API is unknown to verification: calls of it are refused.",
});
registerEnumType(Audience, { name: "Audience", description: "Whom an API is offered to." });
registerEnumType(HttpMethod, { name: "HttpMethod" });

@ObjectType({ description: "One entry of the catalogue: a REST operation." })
@Entity("apis")
export class Api {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Field(() => ID)
  @Column("uuid")
  collectionId!: string;

  @Field(() => ApiKind)
  @Column("text")
  kind!: ApiKind;

  @Field(() => String)
  @Column("text")
  name!: string;

  @Field(() => String)
  @Column("text")
  description!: string;

  @Field(() => HttpMethod)
  @Column("text")
  method!: HttpMethod;

  @Field(() => String, { description: "Path template, such as `/orders/{id}`." })
  @Column("text")
  path!: string;

  @Field(() => ApiStatus)
  @Column("text")
  status!: ApiStatus;

  @Field(() => Audience)
  @Column("text")
  audience!: Audience;

  @Field(() => Boolean, { description: "Whether every valid credential may call it, with or without a group." })
  @Column("boolean")
  openToAll!: boolean;

  @Field(() => Date)
  @InstantColumn()
  createdAt!: Date;

  @Field(() => Date)
  @InstantColumn()
  updatedAt!: Date;

  // Columns below carry no @Field: they never leave the server.

  @Column("text")
  pathShape!: string;
}
