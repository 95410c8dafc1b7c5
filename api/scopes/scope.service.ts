import { type DataSource, type EntityManager, In } from "typeorm";
import type { Call } from "../access/call.js";
import { difference, type Happening, record } from "../audit/record.js";
import { ClientScope } from "../clients/client-scope.entity.js";
import { refusing } from "../database/constraint-errors.js";
import { containsPattern } from "../database/like-pattern.js";
import { newId } from "../database/new-id.js";
import { type Page, paginate } from "../database/paginate.js";
import { refuseUnknownIds } from "../database/unknown-ids.js";
import { invalidInput, notFound } from "../errors.js";
import { AuthorityGroup } from "../groups/authority-group.entity.js";
import { Scope } from "./scope.entity.js";
import type { CreateScopeInput, DeleteScopeInput, ScopeArgs, UpdateScopeInput } from "./scope.types.js";
import { ScopeGroup } from "./scope-group.entity.js";

const BY_NAME = { name: "name", expression: "scope.name", type: "text", direction: "ASC" } as const;

const REFUSALS = {
  scopes_name_unique: ["name", "a scope with this name exists"],
  clients_groups_within_level: ["groupIds", "a client that holds the scope is below the security level of a group"],
} as const;

export class ScopeService {
  constructor(private readonly database: DataSource) {}

  list(args: ScopeArgs): Promise<Page<Scope>> {
    const query = this.database.getRepository(Scope).createQueryBuilder("scope");
    const groupId = args.filter?.groupId;
    if (groupId != null) {
      query.andWhere("exists (select 1 from scope_groups g where g.scope_id = scope.id and g.group_id = :groupId)", {
        groupId,
      });
    }
    if (args.search?.trim()) {
      const search = containsPattern(args.search);
      query.andWhere("(scope.name ilike :search or scope.description ilike :search)", { search });
    }
    return paginate(query, args, BY_NAME);
  }

  async get(id: string): Promise<Scope> {
    return found(await this.database.manager.findOneBy(Scope, { id }), id);
  }

  async create(call: Call, { name, description = "", groupIds }: CreateScopeInput): Promise<Scope> {
    const facts = { name, description };
    const scope = this.database.manager.create(Scope, {
      id: newId(call.now),
      ...facts,
      createdAt: call.now,
      updatedAt: call.now,
    });
    await refusing(REFUSALS, () =>
      this.database.transaction(async (manager) => {
        await refuseUnknownGroups(manager, groupIds);
        await manager.insert(Scope, scope);
        await manager.insert(ScopeGroup, linksOf(scope.id, groupIds));
        await record(manager, call, { ...about(scope, "scope.created"), after: { ...facts, groupIds } });
      }),
    );
    return scope;
  }

  async update(call: Call, { id, groupIds, ...changes }: UpdateScopeInput): Promise<Scope> {
    return refusing(REFUSALS, () =>
      this.database.transaction(async (manager) => {
        const scope = await findForChange(manager, id);
        const old = {
          ...changes,
          name: scope.name,
          description: scope.description,
          groupIds: await groupIdsOf(manager, id),
        };
        const wanted = { ...changes, ...(groupIds && { groupIds: [...groupIds].sort(compare) }) };
        const { before, after } = difference(old, wanted);
        if (Object.keys(after).length === 0) return scope;

        const update = { ...changes, updatedAt: call.now };
        await manager.update(Scope, { id }, update);
        if (groupIds) await this.replaceGroups(manager, id, groupIds);
        await record(manager, call, { ...about(scope, "scope.updated"), before, after });
        return Object.assign(scope, update);
      }),
    );
  }

  /** The clients that hold it lose it in the same transaction. */
  async delete(call: Call, { id, confirm }: DeleteScopeInput): Promise<Scope> {
    return this.database.transaction(async (manager) => {
      const scope = await findForChange(manager, id);
      const clients = await manager.countBy(ClientScope, { scopeId: id });
      if (confirm !== true) {
        throw invalidInput({ path: "confirm", message: `must be true: ${clients} clients hold ${scope.name}` });
      }
      await manager.delete(Scope, { id });
      await record(manager, call, { ...about(scope, "scope.deleted"), before: { name: scope.name, clients } });
      return scope;
    });
  }

  private async replaceGroups(manager: EntityManager, scopeId: string, groupIds: readonly string[]): Promise<void> {
    await refuseUnknownGroups(manager, groupIds);
    await manager.delete(ScopeGroup, { scopeId });
    await manager.insert(ScopeGroup, linksOf(scopeId, groupIds));
  }
}

function about(scope: Scope, event: string): Pick<Happening, "event" | "targetKind" | "targetId"> {
  return { event, targetKind: "Scope", targetId: scope.id };
}

function linksOf(scopeId: string, groupIds: readonly string[]): Pick<ScopeGroup, "scopeId" | "groupId">[] {
  return groupIds.map((groupId) => ({ scopeId, groupId }));
}

async function findForChange(manager: EntityManager, id: string): Promise<Scope> {
  return found(await manager.findOne(Scope, { where: { id }, lock: { mode: "pessimistic_write" } }), id);
}

function found(scope: Scope | null, id: string): Scope {
  if (!scope) throw notFound("scope", `id=${id}`);
  return scope;
}

async function groupIdsOf(manager: EntityManager, scopeId: string): Promise<string[]> {
  const links = await manager.findBy(ScopeGroup, { scopeId });
  return links.map((link) => link.groupId).sort(compare);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

async function refuseUnknownGroups(manager: EntityManager, groupIds: readonly string[]): Promise<void> {
  const groups = await manager.find(AuthorityGroup, { select: { id: true }, where: { id: In([...groupIds]) } });
  refuseUnknownIds("groupIds", groupIds, groups, "no such authority group");
}
