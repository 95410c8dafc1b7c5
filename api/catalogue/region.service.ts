import { type DataSource, type EntityManager, In } from "typeorm";
import type { Call } from "../access/call.js";
import { changeAndRecord } from "../audit/change-and-record.js";
import { record } from "../audit/record.js";
import { refuseUnconfirmedLoss } from "../database/confirm-loss.js";
import { refusing } from "../database/constraint-errors.js";
import { containsPattern } from "../database/like-pattern.js";
import { newId } from "../database/new-id.js";
import { type Page, type PageRequest, paginate } from "../database/paginate.js";
import { notFound } from "../errors.js";
import { Api } from "./api.entity.js";
import { Collection } from "./collection.entity.js";
import { Region } from "./region.entity.js";
import type { CreateRegionInput, DeleteRegionInput, UpdateRegionInput } from "./region.types.js";

const BY_CODE = { name: "code", expression: "region.code", type: "text", direction: "ASC" } as const;

const REFUSALS = {
  regions_code_unique: ["code", "a region with this code exists"],
  regions_name_unique: ["name", "a region with this name exists"],
} as const;

export class RegionService {
  constructor(private readonly database: DataSource) {}

  list(args: PageRequest & { search?: string | null }): Promise<Page<Region>> {
    const query = this.database.getRepository(Region).createQueryBuilder("region");
    if (args.search?.trim()) {
      const search = containsPattern(args.search);
      query.andWhere("(region.code ilike :search or region.name ilike :search)", { search });
    }
    return paginate(query, args, BY_CODE);
  }

  async get(id: string): Promise<Region> {
    return found(await this.database.manager.findOneBy(Region, { id }), id);
  }

  async create(call: Call, { code, name }: CreateRegionInput): Promise<Region> {
    const facts = { code, name };
    const region = this.database.manager.create(Region, {
      id: newId(call.now),
      ...facts,
      createdAt: call.now,
      updatedAt: call.now,
    });
    await refusing(REFUSALS, () =>
      this.database.transaction(async (manager) => {
        await manager.insert(Region, region);
        const happening = { event: "region.created", targetKind: "Region", targetId: region.id, after: facts };
        await record(manager, call, happening);
      }),
    );
    return region;
  }

  update(call: Call, { id, ...changes }: UpdateRegionInput): Promise<Region> {
    return refusing(REFUSALS, () =>
      this.database.transaction(async (manager) => {
        const region = await findForChange(manager, id);
        return changeAndRecord(manager, call, Region, region, changes, {
          event: "region.updated",
          targetKind: "Region",
        });
      }),
    );
  }

  /** The lock keeps new collections and clients out of it until it is gone; they are then refused. */
  delete(call: Call, { id, confirm }: DeleteRegionInput): Promise<Region> {
    return this.database.transaction(async (manager) => {
      const region = await findForChange(manager, id);
      const losses = await lossesOf(manager, id);
      refuseUnconfirmedLoss(region.code, losses, confirm);
      await manager.query("update clients set region_id = null where region_id = $1", [id]);
      const collections = await manager.find(Collection, { select: { id: true }, where: { regionId: id } });
      await manager.delete(Api, { collectionId: In(collections.map((collection) => collection.id)) });
      await manager.delete(Collection, { regionId: id });
      await manager.delete(Region, { id });
      const before = { code: region.code, name: region.name, ...losses };
      await record(manager, call, { event: "region.deleted", targetKind: "Region", targetId: id, before });
      return region;
    });
  }
}

async function findForChange(manager: EntityManager, id: string): Promise<Region> {
  return found(await manager.findOne(Region, { where: { id }, lock: { mode: "pessimistic_write" } }), id);
}

function found(region: Region | null, id: string): Region {
  if (!region) throw notFound("region", `id=${id}`);
  return region;
}

async function lossesOf(manager: EntityManager, id: string) {
  const [row]: { collections: number; apis: number; clients: number }[] = await manager.query(
    `select (select count(*) from collections where region_id = $1)::int as collections,
            (select count(*) from apis join collections c on c.id = collection_id where c.region_id = $1)::int as apis,
            (select count(*) from clients where region_id = $1)::int as clients`,
    [id],
  );
  return { collections: row?.collections ?? 0, APIs: row?.apis ?? 0, clients: row?.clients ?? 0 };
}
