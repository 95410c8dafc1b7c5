import type { DataSource, EntityManager } from "typeorm";
import type { Call } from "../access/call.js";
import { seesGroup } from "../access/reach.js";
import { changeAndRecord } from "../audit/change-and-record.js";
import { type Happening, record } from "../audit/record.js";
import { refuseUnconfirmedLoss } from "../database/confirm-loss.js";
import { refusing } from "../database/constraint-errors.js";
import { newId } from "../database/new-id.js";
import type { Page } from "../database/paginate.js";
import { conflict, notFound } from "../errors.js";
import { AuthorityGroup } from "./authority-group.entity.js";
import type {
  AuthorityGroupApisInput,
  AuthorityGroupArgs,
  CreateAuthorityGroupInput,
  DeleteAuthorityGroupInput,
  UpdateAuthorityGroupInput,
} from "./authority-group.types.js";
import { grantApis, type MovedApis, NO_APIS_MOVED, replaceApis, withdrawApis } from "./group-apis.js";
import { listGroups } from "./list-groups.js";
import { SecurityLevel } from "./security-level.js";

const REFUSALS = {
  authority_groups_name_unique: ["name", "an authority group with this name exists"],
  clients_groups_within_level: ["securityLevel", "a client below this level holds the group, directly or in a scope"],
} as const;

export class AuthorityGroupService {
  constructor(private readonly database: DataSource) {}

  list(call: Call, args: AuthorityGroupArgs): Promise<Page<AuthorityGroup>> {
    return listGroups(this.database, call, args);
  }

  async get({ actor }: Call, id: string): Promise<AuthorityGroup> {
    const group = await this.database.manager.findOneBy(AuthorityGroup, { id });
    if (!group || !seesGroup(actor, group)) throw notFound("authority group", `id=${id}`);
    return group;
  }

  async create(call: Call, input: CreateAuthorityGroupInput): Promise<AuthorityGroup> {
    const facts = {
      name: input.name,
      description: input.description ?? "",
      securityLevel: input.securityLevel ?? SecurityLevel.C,
    };
    const group = this.database.manager.create(AuthorityGroup, {
      id: newId(call.now),
      ...facts,
      createdAt: call.now,
      updatedAt: call.now,
    });
    await refusing(REFUSALS, () =>
      this.database.transaction(async (manager) => {
        await manager.insert(AuthorityGroup, group);
        await grantApis(manager, group.id, input.apiIds);
        const after = { ...facts, apiIds: input.apiIds };
        await record(manager, call, { ...about(group, "authorityGroup.created"), after });
      }),
    );
    return group;
  }

  update(call: Call, { id, apiIds, ...changes }: UpdateAuthorityGroupInput): Promise<AuthorityGroup> {
    return refusing(REFUSALS, () =>
      this.database.transaction(async (manager) => {
        const group = await findForChange(manager, id);
        const moved = apiIds ? await replaceApis(manager, id, apiIds) : NO_APIS_MOVED;
        return changeAndRecord(manager, call, AuthorityGroup, group, changes, {
          ...about(group, "authorityGroup.updated"),
          ...factsOf(moved),
        });
      }),
    );
  }

  addApis(call: Call, { groupId, apiIds }: AuthorityGroupApisInput): Promise<AuthorityGroup> {
    return this.database.transaction(async (manager) => {
      const group = await findForChange(manager, groupId);
      const happening = about(group, "authorityGroup.apisAdded");
      const moved = { added: await grantApis(manager, groupId, apiIds), removed: [] };
      return changeAndRecord(manager, call, AuthorityGroup, group, {}, { ...happening, ...factsOf(moved) });
    });
  }

  removeApis(call: Call, { groupId, apiIds }: AuthorityGroupApisInput): Promise<AuthorityGroup> {
    return this.database.transaction(async (manager) => {
      const group = await findForChange(manager, groupId);
      const happening = about(group, "authorityGroup.apisRemoved");
      const moved = { added: [], removed: await withdrawApis(manager, groupId, apiIds) };
      return changeAndRecord(manager, call, AuthorityGroup, group, {}, { ...happening, ...factsOf(moved) });
    });
  }

  /** A scope without one of its groups would demand less of a key, so a group that a scope stands for stays. */
  delete(call: Call, { id, confirm }: DeleteAuthorityGroupInput): Promise<AuthorityGroup> {
    return this.database.transaction(async (manager) => {
      const group = await findForChange(manager, id);
      const { scopes, ...losses } = await usesOf(manager, id);
      if (scopes.length > 0) throw conflict("id", `scopes stand for the group: ${scopes.join(", ")}`);
      refuseUnconfirmedLoss(group.name, losses, confirm);
      // The foreign key of the keys' groups takes it from the keys.
      await manager.query("delete from client_groups where group_id = $1", [id]);
      await manager.delete(AuthorityGroup, { id });
      const before = { name: group.name, securityLevel: group.securityLevel, ...losses };
      await record(manager, call, { ...about(group, "authorityGroup.deleted"), before });
      return group;
    });
  }
}

function about(group: AuthorityGroup, event: string): Pick<Happening, "event" | "targetKind" | "targetId"> {
  return { event, targetKind: "AuthorityGroup", targetId: group.id };
}

function factsOf({ added, removed }: MovedApis): Pick<Happening, "before" | "after"> {
  return {
    before: removed.length > 0 ? { apiIdsRemoved: removed } : {},
    after: added.length > 0 ? { apiIdsAdded: added } : {},
  };
}

async function findForChange(manager: EntityManager, id: string): Promise<AuthorityGroup> {
  const group = await manager.findOne(AuthorityGroup, { where: { id }, lock: { mode: "pessimistic_write" } });
  if (!group) throw notFound("authority group", `id=${id}`);
  return group;
}

async function usesOf(manager: EntityManager, id: string) {
  const [row]: { scopes: string[]; clients: number; keys: number; requests: number }[] = await manager.query(
    `select array(select s.name from scopes s join scope_groups g on g.scope_id = s.id
                  where g.group_id = $1 order by s.name limit 20) as scopes,
            (select count(*) from client_groups where group_id = $1)::int as clients,
            (select count(*) from api_key_groups where group_id = $1)::int as keys,
            (select count(*) from access_requests where group_id = $1 and status = 'OPEN')::int as requests`,
    [id],
  );
  const { scopes = [], clients = 0, keys = 0, requests = 0 } = row ?? {};
  return { scopes, clients, keys, "open access requests": requests };
}
