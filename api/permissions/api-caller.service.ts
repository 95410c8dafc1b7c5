import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { seesApi } from "../access/reach.js";
import { Api, ApiStatus } from "../catalogue/api.entity.js";
import { selectClients } from "../clients/list-clients.js";
import { mapNodes, type Page, paginate } from "../database/paginate.js";
import { notFound } from "../errors.js";
import type { ApiCaller, ApiCallerArgs } from "./api-caller.types.js";
import { HELD } from "./holder.js";

const NEWEST_FIRST = { name: "newest", expression: "client.id", type: "uuid", direction: "DESC" } as const;

const GRANTED = `client.id in (
  select held.holder_id from (${HELD.CLIENT.groups}) held join group_apis ga on ga.group_id = held.group_id
  where ga.api_id = :apiId
  union
  select held.holder_id from (${HELD.CLIENT.scopes}) held
  join scope_groups sg on sg.scope_id = held.scope_id join group_apis ga on ga.group_id = sg.group_id
  where ga.api_id = :apiId)`;

/** Who may call an API (3.5). */
export class ApiCallerService {
  constructor(private readonly database: DataSource) {}

  async list(call: Call, args: ApiCallerArgs): Promise<Page<ApiCaller>> {
    const api = await this.database.manager.findOneBy(Api, { id: args.apiId });
    if (!api || !seesApi(call.actor, api)) throw notFound("API", `id=${args.apiId}`);
    const query = selectClients(this.database, call, args);
    if (api.status !== ApiStatus.LISTED) query.andWhere("false");
    else if (!api.openToAll) query.andWhere(GRANTED, { apiId: api.id });
    return mapNodes(await paginate(query, args, NEWEST_FIRST), (client) => ({ client, api }));
  }
}
