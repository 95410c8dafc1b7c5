import { IsInt, IsOptional, Length, Max, Min } from "class-validator";
import { ArgsType, type ClassType, Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { type Edge, PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, type Page, type PageRequest } from "../database/paginate.js";

export enum OrderDirection {
  ASC = "ASC",
  DESC = "DESC",
}

registerEnumType(OrderDirection, { name: "OrderDirection" });

/** Relay's connection arguments: forwards with `first` and `after`, backwards with `last` and `before`. */
@ArgsType()
export class PageArgs implements PageRequest {
  @Field(() => Int, {
    nullable: true,
    description: `How many from the start: 0 to ${PAGE_SIZE_MAX}, default ${PAGE_SIZE_DEFAULT}.`,
  })
  @IsOptional()
  @IsInt({ message: "must be a whole number" })
  @Min(0, { message: "must be at least 0" })
  @Max(PAGE_SIZE_MAX, { message: `must be at most ${PAGE_SIZE_MAX}` })
  first?: number | null;

  @Field(() => String, { nullable: true, description: "The `endCursor` of the page before." })
  @IsOptional()
  @Length(1, 1_000, { message: "must have 1 to 1000 characters" })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `How many from the end: 0 to ${PAGE_SIZE_MAX}. Not together with \`first\`.`,
  })
  @IsOptional()
  @IsInt({ message: "must be a whole number" })
  @Min(0, { message: "must be at least 0" })
  @Max(PAGE_SIZE_MAX, { message: `must be at most ${PAGE_SIZE_MAX}` })
  last?: number | null;

  @Field(() => String, { nullable: true, description: "The `startCursor` of the page after." })
  @IsOptional()
  @Length(1, 1_000, { message: "must have 1 to 1000 characters" })
  before?: string | null;
}

@ObjectType({ description: "Where a page lies in its list." })
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => Boolean)
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  startCursor!: string | null;

  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

/** The connection type of a node type (Relay Cursor Connections). */
export function connectionOf<T extends object>(Node: ClassType<T>) {
  @ObjectType(`${Node.name}Edge`)
  class NodeEdge implements Edge<T> {
    @Field(() => Node)
    node!: T;

    @Field(() => String)
    cursor!: string;
  }

  @ObjectType(`${Node.name}Connection`)
  class NodeConnection implements Page<T> {
    @Field(() => [NodeEdge])
    edges!: NodeEdge[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;

    @Field(() => Int, { description: "How many there are on all pages." })
    totalCount!: number | Promise<number>;
  }
  return NodeConnection;
}
