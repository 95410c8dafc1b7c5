import type { DataSource, SelectQueryBuilder } from "typeorm";
import type { Actor } from "../access/actor.js";
import type { Call } from "../access/call.js";
import { keyReach } from "../access/reach.js";
import { looksLikeId } from "../clients/find-client.js";
import { firstIdOf } from "../database/first-id-of.js";
import { type Page, paginate } from "../database/paginate.js";
import { invalidInput } from "../errors.js";
import { RecentCall } from "./recent-call.entity.js";
import type { RecentCallArgs, RecentCallFilter } from "./recent-call.types.js";

const NEWEST_FIRST = { name: "newest", expression: "call.id", type: "uuid", direction: "DESC" } as const;

/** To count on would take longer than anybody wants to wait. */
const COUNT_MAX = 10_000;

/** Each by its own index: a condition over both could use neither. */
const FOUND = `call.id in (
  select c.id from recent_calls c where c.request_id = :search
  union
  select c.id from recent_calls c where c.transaction_ref = :search)`;

const OWN_KEYS = "call.apiKeyId in (select id from api_keys where user_id = :self)";

/** Single calls, as long as they are kept (8.4). */
export class RecentCallService {
  constructor(private readonly database: DataSource) {}

  async list({ actor }: Call, args: RecentCallArgs): Promise<Page<RecentCall>> {
    const query = this.database.getRepository(RecentCall).createQueryBuilder("call");
    withinReach(query, actor);
    if (args.filter) where(query, args.filter);
    const search = args.search?.trim();
    if (search) query.andWhere(FOUND, { search });
    const { edges, pageInfo } = await paginate(query, args, NEWEST_FIRST);
    const count = (): Promise<number> => this.count(query);
    return {
      edges,
      pageInfo,
      get totalCount() {
        return count();
      },
    };
  }

  private async count(query: SelectQueryBuilder<RecentCall>): Promise<number> {
    const [text, values] = query.clone().select("call.id").limit(COUNT_MAX).getQueryAndParameters();
    const [row]: { count: string }[] = await this.database.query(`select count(*) from (${text}) c`, values);
    return Number(row?.count);
  }
}

/** Calls of the clients and with the keys that the actor reaches, and those of nobody where it reaches all clients. */
function withinReach(query: SelectQueryBuilder<RecentCall>, actor: Actor): void {
  const { clients, users } = keyReach(actor);
  if (clients === "ALL" && users === "ALL") return;
  if (clients === "OWN") query.andWhere("call.clientId = :self", { self: actor.id });
  else if (clients === "NONE") query.andWhere(OWN_KEYS, { self: actor.id });
  else query.andWhere(`(call.clientId is not null or call.apiKeyId is null or ${OWN_KEYS})`, { self: actor.id });
}

function where(query: SelectQueryBuilder<RecentCall>, filter: RecentCallFilter): void {
  const { clientId, apiKeyId, apiId, code, from, until } = filter;
  if (clientId != null) {
    const client = looksLikeId(clientId) ? ":clientId" : "(select c.id from clients c where c.client_id = :clientId)";
    query.andWhere(`call.clientId = ${client}`, { clientId });
  }
  if (apiKeyId != null) query.andWhere("call.apiKeyId = :apiKeyId", { apiKeyId });
  if (apiId != null) query.andWhere("call.apiId = :apiId", { apiId });
  if (code != null) query.andWhere("call.code = :code", { code });
  if (from != null && until != null && until <= from) {
    throw invalidInput({ path: "filter.until", message: "must be after from" });
  }
  if (from != null) query.andWhere("call.id >= :from", { from: firstIdOf(from) });
  if (until != null) query.andWhere("call.id < :until", { until: firstIdOf(until) });
}
