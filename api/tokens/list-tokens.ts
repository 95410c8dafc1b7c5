import type { DataSource, SelectQueryBuilder } from "typeorm";
import type { Call } from "../access/call.js";
import { looksLikeId } from "../clients/find-client.js";
import { containsPattern } from "../database/like-pattern.js";
import { encodeCursor, firstPage, type Order, type Page, paginate } from "../database/paginate.js";
import { Token } from "./token.entity.js";
import { type TokenArgs, type TokenFilter, type TokenOrder, TokenOrderField } from "./token.types.js";
import { TokenFamily } from "./token-family.entity.js";
import { STATUS_CONDITIONS } from "./token-status.js";

const EXPRESSIONS: Readonly<Record<TokenOrderField, Pick<Order, "expression" | "type">>> = {
  // UUIDv7 sorts by time of creation.
  [TokenOrderField.CREATED_AT]: { expression: "token.id", type: "uuid" },
  [TokenOrderField.EXPIRES_AT]: { expression: "token.expiresAt", type: "timestamptz" },
  [TokenOrderField.LAST_ACCESSED_AT]: {
    expression: "coalesce(token.lastAccessedAt, token.createdAt)",
    type: "timestamptz",
  },
};

/** Each table by its own trigram indices: one condition over all of them could use none. */
const FOUND = `token.id in (
  select t.id from tokens t where t.lookup_id ilike :search
  union
  select t.id from clients c join token_families f on f.client_id = c.id join tokens t on t.family_id = f.id
  where c.search_text ilike :search
  union
  select t.id from users u join token_families f on f.user_id = u.id join tokens t on t.family_id = f.id
  where u.user_name ilike :search)`;

/** Tokens that the actor reaches, searched, filtered and ordered. */
export function listTokens(database: DataSource, { actor, now }: Call, args: TokenArgs): Promise<Page<Token>> {
  const query = database
    .getRepository(Token)
    .createQueryBuilder("token")
    .innerJoin(TokenFamily, "family", "family.id = token.familyId")
    .setParameters({ now });
  if (actor.kind === "CLIENT") query.andWhere("family.clientId = :self", { self: actor.id });
  if (args.clientId != null) ofClient(query, args.clientId);
  if (args.filter) where(query, args.filter);
  if (args.search?.trim()) query.andWhere(FOUND, { search: containsPattern(args.search) });
  return paginate(query, args, orderOf(args.orderBy));
}

/**
 * A client's newest tokens as the first page of the list `tokens(clientId)`, whose cursors these are. `found` holds one
 * token more than the page when there are more.
 */
export function firstPageOf(found: readonly Token[], first: number, count: () => Promise<number>): Page<Token> {
  const order = orderOf(null).name;
  const edges = found.slice(0, first).map((node) => ({
    node,
    cursor: encodeCursor({ order, value: node.id, id: node.id }),
  }));
  return firstPage(edges, found.length > first, count);
}

function ofClient(query: SelectQueryBuilder<Token>, reference: string): void {
  const column = looksLikeId(reference) ? "id" : "client_id";
  query.andWhere(`family.clientId = (select c.id from clients c where c.${column} = :reference)`, { reference });
}

function where(query: SelectQueryBuilder<Token>, filter: TokenFilter): void {
  const { status, kind, grantType, familyId, saved } = filter;
  if (status != null) query.andWhere(STATUS_CONDITIONS[status]);
  if (kind != null) query.andWhere("token.kind = :kind", { kind });
  if (grantType != null) query.andWhere("family.grantType = :grantType", { grantType });
  if (familyId != null) query.andWhere("token.familyId = :familyId", { familyId });
  if (saved != null) query.andWhere(`token.sealedVersion is ${saved ? "not null" : "null"}`);
}

function orderOf(orderBy: TokenOrder | null | undefined): Order {
  const field = orderBy?.field ?? TokenOrderField.CREATED_AT;
  const direction = orderBy?.direction ?? "DESC";
  return { name: `${field} ${direction}`, direction, ...EXPRESSIONS[field] };
}
