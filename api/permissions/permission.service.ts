import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { reachesClient, reachesKey } from "../access/reach.js";
import { refuseWithout } from "../access/refuse-without.js";
import { BY_NAME, selectApis } from "../catalogue/list-apis.js";
import { findClient } from "../clients/find-client.js";
import { mapNodes, type Page, paginate } from "../database/paginate.js";
import { invalidInput, notFound } from "../errors.js";
import { ApiKey } from "../keys/api-key.entity.js";
import { findToken } from "../tokens/find-token.js";
import { callableApiIds, type Holder } from "./holder.js";
import type { EffectivePermission, EffectivePermissionArgs } from "./permission.types.js";

/** What a client, a key or a token may call (3.5). */
export class PermissionService {
  constructor(private readonly database: DataSource) {}

  async list(call: Call, args: EffectivePermissionArgs): Promise<Page<EffectivePermission>> {
    const holder = await this.findHolder(call, args);
    const query = selectApis(this.database, call.actor, args);
    query.andWhere(`api.status = 'LISTED' and api.id in (${callableApiIds(holder.kind, ":holderId")})`, {
      holderId: holder.id,
    });
    return mapNodes(await paginate(query, args, BY_NAME), (api) => ({ api, holder }));
  }

  private findHolder(call: Call, { clientId, apiKeyId, tokenId }: EffectivePermissionArgs): Promise<Holder> {
    const given = [clientId, apiKeyId, tokenId].filter((each) => each != null);
    if (given.length === 1) {
      if (clientId != null) return this.findClient(call, clientId);
      if (apiKeyId != null) return this.findKey(call, apiKeyId);
      if (tokenId != null) return this.findToken(call, tokenId);
    }
    const message = "give exactly one of clientId, apiKeyId and tokenId";
    throw invalidInput({ path: "clientId", message }, { path: "apiKeyId", message }, { path: "tokenId", message });
  }

  private async findClient({ actor }: Call, reference: string): Promise<Holder> {
    refuseWithout(actor, "clients:read");
    const { id } = await findClient(this.database.manager, reference);
    if (!reachesClient(actor, id)) throw notFound("client", `${id} is not the caller`);
    return { kind: "CLIENT", id };
  }

  private async findKey({ actor }: Call, id: string): Promise<Holder> {
    const key = await this.database.manager.findOneBy(ApiKey, { id });
    if (!key || !reachesKey(actor, key)) throw notFound("API key", `id=${id}`);
    return { kind: "API_KEY", id };
  }

  private async findToken(call: Call, id: string): Promise<Holder> {
    refuseWithout(call.actor, "tokens:read");
    const { token } = await findToken(this.database.manager, call, id);
    return { kind: "TOKEN", id: token.id };
  }
}
