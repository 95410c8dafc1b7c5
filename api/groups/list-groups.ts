import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { containsPattern } from "../database/like-pattern.js";
import { type Page, paginate } from "../database/paginate.js";
import { AuthorityGroup } from "./authority-group.entity.js";
import type { AuthorityGroupArgs } from "./authority-group.types.js";
import { levelsWithin } from "./security-level.js";

const BY_NAME = { name: "name", expression: "authority.name", type: "text", direction: "ASC" } as const;

export function listGroups(
  database: DataSource,
  { actor }: Call,
  args: AuthorityGroupArgs,
): Promise<Page<AuthorityGroup>> {
  const query = database.getRepository(AuthorityGroup).createQueryBuilder("authority");
  const { securityLevel: level, apiId } = args.filter ?? {};
  if (actor.sight) {
    query.andWhere("authority.securityLevel in (:...levels)", { levels: levelsWithin(actor.sight.securityLevel) });
  }
  if (level != null) query.andWhere("authority.securityLevel = :level", { level });
  if (apiId != null) {
    query.andWhere("exists (select 1 from group_apis g where g.group_id = authority.id and g.api_id = :apiId)", {
      apiId,
    });
  }
  if (args.search?.trim()) {
    const search = containsPattern(args.search);
    query.andWhere("(authority.name ilike :search or authority.description ilike :search)", { search });
  }
  return paginate(query, args, BY_NAME);
}
