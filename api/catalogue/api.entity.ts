import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { InstantColumn } from "../database/instant-column.js";

export enum ApiKind {
  REST = "REST",
  SOAP = "SOAP",
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
  TRACE = "TRACE",
}

registerEnumType(ApiKind, {
  name: "ApiKind",
  valuesConfig: {
    REST: { description: "A method and a path template." },
    SOAP: { description: "A SOAP action, or an operation by its name." },
  },
});
registerEnumType(ApiStatus, {
  name: "ApiStatus",
  description: "A delisted API is unknown to verification: calls of it are refused.",
});
registerEnumType(Audience, { name: "Audience", description: "Whom an API is offered to." });
registerEnumType(HttpMethod, { name: "HttpMethod" });

@ObjectType({ description: "One entry of the catalogue: a REST operation or a SOAP action." })
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

  @Field(() => HttpMethod, { nullable: true, description: "REST only." })
  @Column("text", { nullable: true })
  method!: HttpMethod | null;

  @Field(() => String, { nullable: true, description: "REST only: a path template, such as `/orders/{id}`." })
  @Column("text", { nullable: true })
  path!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "SOAP only: the URL that it is called at; null: the base URL of its collection.",
  })
  @Column("text", { nullable: true })
  endpoint!: string | null;

  @Field(() => String, { nullable: true, description: "SOAP only: the action that a call of it names." })
  @Column("text", { nullable: true })
  soapAction!: string | null;

  @Field(() => String, { nullable: true, description: "SOAP only: the operation's name in the WSDL." })
  @Column("text", { nullable: true })
  operation!: string | null;

  @Field(() => String, { nullable: true, description: "SOAP only: the WSDL port that offers it." })
  @Column("text", { nullable: true })
  port!: string | null;

  @Field(() => String, { nullable: true, description: "SOAP only: where its WSDL is found." })
  @Column("text", { nullable: true })
  wsdlLocation!: string | null;

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

  @Column("text", { nullable: true })
  pathShape!: string | null;
}
