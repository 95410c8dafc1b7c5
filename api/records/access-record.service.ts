import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { keyReach } from "../access/reach.js";
import { selectApis } from "../catalogue/list-apis.js";
import { containsPattern } from "../database/like-pattern.js";
import { mapNodes, type Page, paginate } from "../database/paginate.js";
import { ApiKey } from "../keys/api-key.entity.js";
import { orderOf } from "../keys/list-api-keys.js";
import { maskSecret } from "../secrets/secret-format.js";
import type { AccessRecord, AccessRecordArgs, Place } from "./access-record.types.js";

/** Each table by its own trigram indices: one condition over all of them could use none. */
const FOUND = `key.id in (
  select k.id from api_keys k where k.name ilike :search or k.created_by ilike :search
  union
  select s.api_key_id from api_key_secrets s where s.lookup_id ilike :search and s.place <> 'RETIRED'
  union
  select k.id from clients c join api_keys k on k.client_id = c.id where c.search_text ilike :search
  union
  select r.api_key_id from recent_calls r where r.request_id = :reference
  union
  select r.api_key_id from recent_calls r where r.transaction_ref = :reference)`;

/** The operations screen (3.4): who may call what in a region and a collection. Nothing of it is kept between calls. */
export class AccessRecordService {
  constructor(
    private readonly database: DataSource,
    private readonly brand: string,
  ) {}

  async list({ actor }: Call, args: AccessRecordArgs): Promise<Page<AccessRecord>> {
    const place = { regionId: args.regionId ?? null, collectionId: args.collectionId ?? null };
    const query = this.database.getRepository(ApiKey).createQueryBuilder("key");
    const { clients } = keyReach(actor);
    query.where({ ALL: "key.clientId is not null", OWN: "key.clientId = :self", NONE: "false" }[clients], {
      self: actor.id,
    });
    const listed = selectApis(this.database, actor, place).andWhere("api.status = 'LISTED'").select("api.id");
    query.andWhere(
      `exists (select 1 from api_key_groups held where held.api_key_id = key.id and held.group_id in (
         select ga.group_id from group_apis ga where ga.api_id in (${listed.getQuery()})))`,
      listed.getParameters(),
    );
    if (args.search?.trim()) {
      query.andWhere(FOUND, { search: containsPattern(args.search), reference: args.search.trim() });
    }
    return mapNodes(await paginate(query, args, orderOf(args.orderBy)), (key) => this.recordOf(key, place));
  }

  private recordOf(apiKey: ApiKey, place: Place): AccessRecord {
    const { id, createdBy: userName, lastAccessedAt, lookupId } = apiKey;
    return { id, apiKey, userName, lastAccessedAt, maskedKey: maskSecret(this.brand, "key", lookupId), place };
  }
}
