import { type DataSource, In } from "typeorm";
import type { Call } from "../access/call.js";
import { seesGroup } from "../access/reach.js";
import { record } from "../audit/record.js";
import { Api } from "../catalogue/api.entity.js";
import { refusing } from "../database/constraint-errors.js";
import { containsPattern } from "../database/like-pattern.js";
import { newId } from "../database/new-id.js";
import { type Page, paginate } from "../database/paginate.js";
import { refuseUnknownIds } from "../database/unknown-ids.js";
import { notFound } from "../errors.js";
import { AuthorityGroup } from "./authority-group.entity.js";
import type { AuthorityGroupArgs, CreateAuthorityGroupInput } from "./authority-group.types.js";
import { GroupApi } from "./group-api.entity.js";
import { levelsWithin, SecurityLevel } from "./security-level.js";

const BY_NAME = { name: "name", expression: "authority.name", type: "text", direction: "ASC" } as const;

export class AuthorityGroupService {
  constructor(private readonly database: DataSource) {}

  list({ actor }: Call, args: AuthorityGroupArgs): Promise<Page<AuthorityGroup>> {
    const query = this.database.getRepository(AuthorityGroup).createQueryBuilder("authority");
    if (actor.sight) {
      query.andWhere("authority.securityLevel in (:...levels)", { levels: levelsWithin(actor.sight.securityLevel) });
    }
    const level = args.filter?.securityLevel;
    if (level != null) query.andWhere("authority.securityLevel = :level", { level });
    if (args.search?.trim()) {
      const search = containsPattern(args.search);
      query.andWhere("(authority.name ilike :search or authority.description ilike :search)", { search });
    }
    return paginate(query, args, BY_NAME);
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
    const refusals = { authority_groups_name_unique: ["name", "an authority group with this name exists"] } as const;
    await refusing(refusals, () =>
      this.database.transaction(async (manager) => {
        const apis = await manager.find(Api, { select: { id: true }, where: { id: In(input.apiIds) } });
        refuseUnknownIds("apiIds", input.apiIds, apis, "no such API");
        await manager.insert(AuthorityGroup, group);
        await manager.insert(
          GroupApi,
          input.apiIds.map((apiId) => ({ groupId: group.id, apiId })),
        );
        const after = { ...facts, apiIds: input.apiIds };
        const happening = { event: "authorityGroup.created", targetKind: "AuthorityGroup", targetId: group.id, after };
        await record(manager, call, happening);
      }),
    );
    return group;
  }
}
