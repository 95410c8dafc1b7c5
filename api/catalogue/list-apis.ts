import type { DataSource, SelectQueryBuilder } from "typeorm";
import type { Actor } from "../access/actor.js";
import type { Call } from "../access/call.js";
import { audiencesWithin } from "../access/reach.js";
import { containsPattern } from "../database/like-pattern.js";
import { type Page, paginate } from "../database/paginate.js";
import { Api } from "./api.entity.js";
import type { ApiArgs, ApiFilter } from "./api.types.js";

export const BY_NAME = { name: "name", expression: "api.name", type: "text", direction: "ASC" } as const;

export function listApis(database: DataSource, { actor }: Call, args: ApiArgs): Promise<Page<Api>> {
  return paginate(selectApis(database, actor, args), args, BY_NAME);
}

/** APIs that the actor sees, searched and filtered, under the alias `api`. */
export function selectApis(
  database: DataSource,
  actor: Pick<Actor, "sight">,
  args: Pick<ApiArgs, "kind" | "regionId" | "collectionId" | "filter" | "search">,
): SelectQueryBuilder<Api> {
  const query = database.getRepository(Api).createQueryBuilder("api");
  if (actor.sight) {
    query.andWhere("api.status = 'LISTED' and api.audience in (:...audiences)", {
      audiences: audiencesWithin(actor.sight.audience),
    });
  }
  if (args.kind != null) query.andWhere("api.kind = :kind", { kind: args.kind });
  if (args.collectionId != null) query.andWhere("api.collectionId = :id", { id: args.collectionId });
  if (args.regionId != null) {
    query.andWhere("api.collectionId in (select c.id from collections c where c.region_id = :regionId)", {
      regionId: args.regionId,
    });
  }
  if (args.filter) applyFilter(query, args.filter);
  if (args.search?.trim()) {
    query.andWhere(
      `(api.name ilike :search or api.description ilike :search or api.path ilike :search
        or api.soapAction ilike :search or api.operation ilike :search)`,
      { search: containsPattern(args.search) },
    );
  }
  return query;
}

function applyFilter(query: SelectQueryBuilder<Api>, filter: ApiFilter): void {
  const { status, method, audience, openToAll, groupId } = filter;
  if (status != null) query.andWhere("api.status = :status", { status });
  if (method != null) query.andWhere("api.method = :method", { method });
  if (audience != null) query.andWhere("api.audience = :audience", { audience });
  if (openToAll != null) query.andWhere("api.openToAll = :openToAll", { openToAll });
  if (groupId != null) {
    query.andWhere("exists (select 1 from group_apis g where g.api_id = api.id and g.group_id = :groupId)", {
      groupId,
    });
  }
}
