import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { record } from "../audit/record.js";
import { refusing } from "../database/constraint-errors.js";
import { containsPattern } from "../database/like-pattern.js";
import { newId } from "../database/new-id.js";
import { type Page, type PageRequest, paginate } from "../database/paginate.js";
import { notFound } from "../errors.js";
import type { CreateRegionInput } from "./catalogue.types.js";
import { Region } from "./region.entity.js";

const BY_CODE = { name: "code", expression: "region.code", type: "text", direction: "ASC" } as const;

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
    const region = await this.database.manager.findOneBy(Region, { id });
    if (!region) throw notFound("region", `id=${id}`);
    return region;
  }

  async create(call: Call, { code, name }: CreateRegionInput): Promise<Region> {
    const facts = { code, name };
    const region = this.database.manager.create(Region, {
      id: newId(call.now),
      ...facts,
      createdAt: call.now,
      updatedAt: call.now,
    });
    const refusals = {
      regions_code_unique: ["code", "a region with this code exists"],
      regions_name_unique: ["name", "a region with this name exists"],
    } as const;
    await refusing(refusals, () =>
      this.database.transaction(async (manager) => {
        await manager.insert(Region, region);
        await record(manager, call, {
          event: "region.created",
          targetKind: "Region",
          targetId: region.id,
          after: facts,
        });
      }),
    );
    return region;
  }
}
