import { type DataSource, type EntityManager, In } from "typeorm";
import type { Call } from "../access/call.js";
import { reachesClient } from "../access/reach.js";
import { type Happening, record } from "../audit/record.js";
import { containsPattern } from "../database/like-pattern.js";
import { type Page, paginate } from "../database/paginate.js";
import { refuseUnknownIds } from "../database/unknown-ids.js";
import { ApiError, notFound } from "../errors.js";
import { AuthorityGroup } from "../groups/authority-group.entity.js";
import { levelsWithin } from "../groups/security-level.js";
import { Scope } from "../scopes/scope.entity.js";
import { Client } from "./client.entity.js";
import { ClientGroup } from "./client-group.entity.js";
import type { AssignableGroupArgs, ClientScopesInput, SetClientSecurityLevelInput } from "./client-rights.types.js";
import { ClientScope } from "./client-scope.entity.js";
import { findClient } from "./find-client.js";
import { heldAbove, scopesAbove } from "./held-above.js";

const BY_NAME = { name: "name", expression: "authority.name", type: "text", direction: "ASC" } as const;

/** So many of those in the way are named; more would hide the message. */
const NAMED_MAX = 20;

/** How far a client is trusted, and the scopes that it holds. */
export class ClientRightsService {
  constructor(private readonly database: DataSource) {}

  /** 2.6: what the client may hold by its level, and does not hold yet. */
  async assignableGroups({ actor }: Call, args: AssignableGroupArgs): Promise<Page<AuthorityGroup>> {
    const client = await findClient(this.database.manager, args.clientId);
    if (!reachesClient(actor, client.id)) throw notFound("client", `${client.id} is not the caller`);
    const query = this.database.getRepository(AuthorityGroup).createQueryBuilder("authority");
    query.andWhere("authority.securityLevel in (:...levels)", { levels: levelsWithin(client.securityLevel) });
    query.andWhere(
      "not exists (select 1 from client_groups g where g.client_id = :clientId and g.group_id = authority.id )",
      { clientId: client.id },
    );
    if (args.search?.trim()) {
      query.andWhere("(authority.name ilike :search or authority.description ilike :search)", {
        search: containsPattern(args.search),
      });
    }
    return paginate(query, args, BY_NAME);
  }

  async setSecurityLevel(
    call: Call,
    { clientId, securityLevel, detach }: SetClientSecurityLevelInput,
  ): Promise<Client> {
    return this.database.transaction(async (manager) => {
      const client = await findClient(manager, clientId, "pessimistic_write");
      const before = { securityLevel: client.securityLevel };
      if (client.securityLevel === securityLevel) return client;

      const { groups, scopes } = await heldAbove(manager, client.id, securityLevel);
      if (detach !== true) refuseWhileHeld([...groups, ...scopes].map(({ name }) => name));
      const detachedGroupIds = groups.map(({ id }) => id);
      const detachedScopeIds = scopes.map(({ id }) => id);
      await manager.delete(ClientScope, { clientId: client.id, scopeId: In(detachedScopeIds) });
      // The foreign key of the keys' groups takes them from the client's keys in the same statement.
      await manager.delete(ClientGroup, { clientId: client.id, groupId: In(detachedGroupIds) });

      const changes = { securityLevel, updatedAt: call.now };
      await manager.update(Client, { id: client.id }, changes);
      const after = { securityLevel, detachedGroupIds, detachedScopeIds };
      await record(manager, call, { ...about(client, "client.securityLevelChanged"), before, after });
      return Object.assign(client, changes);
    });
  }

  async addScopes(call: Call, input: ClientScopesInput): Promise<Client> {
    return this.changeScopes(call, input, "client.scopesAdded", async (manager, client) => {
      const scopes = await manager.find(Scope, {
        select: { id: true },
        where: { id: In(input.scopeIds) },
        lock: { mode: "pessimistic_read" },
      });
      refuseUnknownIds("scopeIds", input.scopeIds, scopes, "no such scope");
      const above = await scopesAbove(manager, input.scopeIds, client.securityLevel);
      const within = scopes.filter(({ id }) => !above.some((scope) => scope.id === id));
      const reason = `holds a group above the client's security level ${client.securityLevel}`;
      refuseUnknownIds("scopeIds", input.scopeIds, within, reason);
      await manager
        .createQueryBuilder()
        .insert()
        .into(ClientScope)
        .values(input.scopeIds.map((scopeId) => ({ clientId: client.id, scopeId })))
        .orIgnore()
        .execute();
    });
  }

  async removeScopes(call: Call, input: ClientScopesInput): Promise<Client> {
    return this.changeScopes(call, input, "client.scopesRemoved", async (manager, client) => {
      await manager.delete(ClientScope, { clientId: client.id, scopeId: In(input.scopeIds) });
    });
  }

  private changeScopes(
    call: Call,
    { clientId }: ClientScopesInput,
    event: string,
    change: (manager: EntityManager, client: Client) => Promise<void>,
  ): Promise<Client> {
    return this.database.transaction(async (manager) => {
      const client = await findClient(manager, clientId, "pessimistic_write");
      const before = { scopeIds: await scopeIdsOf(manager, client.id) };
      await change(manager, client);
      const after = { scopeIds: await scopeIdsOf(manager, client.id) };
      if (after.scopeIds.join() === before.scopeIds.join()) return client;

      await record(manager, call, { ...about(client, event), before, after });
      return client;
    });
  }
}

function about(client: Client, event: string): Pick<Happening, "event" | "targetKind" | "targetId"> {
  return { event, targetKind: "Client", targetId: client.id };
}

async function scopeIdsOf(manager: EntityManager, clientId: string): Promise<string[]> {
  const links = await manager.find(ClientScope, { where: { clientId }, order: { scopeId: "ASC" } });
  return links.map((link) => link.scopeId);
}

/** Says what is in the way, and the remedy. */
function refuseWhileHeld(names: readonly string[]): void {
  if (names.length === 0) return;
  const fields = names
    .slice(0, NAMED_MAX)
    .map((name) => ({ path: "securityLevel", message: `the client holds ${name}` }));
  const more = names.length > NAMED_MAX ? ` and ${names.length - NAMED_MAX} more` : "";
  const list = names.slice(0, NAMED_MAX).join(", ");
  const message = `securityLevel: the client holds ${list}${more} above it. Take them away first, or set detach.`;
  throw new ApiError("CONFLICT", message, { fields });
}
