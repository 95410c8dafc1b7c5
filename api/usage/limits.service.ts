import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { reachesKey } from "../access/reach.js";
import type { Client } from "../clients/client.entity.js";
import { findClient } from "../clients/find-client.js";
import { type Page, type PageRequest, paginate } from "../database/paginate.js";
import { notFound } from "../errors.js";
import { ApiKey } from "../keys/api-key.entity.js";
import { orderOf } from "../keys/list-api-keys.js";
import type { ApiKeyLimits, ClientLimits } from "./limits.types.js";
import { type QuotaSubject, readQuotaUse } from "./quota-use.js";

/** What clients may call, and how much of it they have used (8.2). */
export class LimitsService {
  constructor(private readonly database: DataSource) {}

  async get({ actor, now }: Call, reference: string): Promise<ClientLimits> {
    const client = await findClient(this.database.manager, reference);
    if (!reachesKey(actor, { clientId: client.id, userId: null })) throw notFound("client", `reference=${reference}`);
    const [quota = null] = await readQuotaUse(this.database, subjectOf("client_id", client, client), now);
    return { id: client.id, client, tpsPerNode: client.tpsPerNode === 0 ? null : client.tpsPerNode, quota };
  }

  /** Keys that are neither revoked nor expired, and have a quota of their own. */
  async ofKeys({ now }: Call, client: Client, args: PageRequest): Promise<Page<ApiKeyLimits>> {
    const query = this.database.getRepository(ApiKey).createQueryBuilder("key");
    query
      .where("key.clientId = :id and key.quotaLimit is not null and key.revokedAt is null", { id: client.id })
      .andWhere("(key.expiresAt is null or key.expiresAt > :now)", { now });
    const page = await paginate(query, args, orderOf(null));
    const subjects = page.edges.flatMap(({ node }) => subjectOf("api_key_id", node, client));
    const uses = await readQuotaUse(this.database, subjects, now);
    const edges = page.edges.flatMap(({ node: apiKey, cursor }, index) => {
      const quota = uses[index];
      return quota ? [{ cursor, node: { id: apiKey.id, apiKey, quota } }] : [];
    });
    return {
      edges,
      pageInfo: page.pageInfo,
      get totalCount() {
        return page.totalCount;
      },
    };
  }
}

function subjectOf(
  kind: QuotaSubject["kind"],
  { id, quotaLimit, quotaPeriod, createdAt }: Client | ApiKey,
  { timeZone }: Client,
): QuotaSubject[] {
  if (quotaLimit === null || quotaPeriod === null) return [];
  return [{ kind, id, quotaLimit, quotaPeriod, timeZone, createdAt }];
}
