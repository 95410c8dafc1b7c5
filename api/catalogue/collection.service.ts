import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { record } from "../audit/record.js";
import { refusing } from "../database/constraint-errors.js";
import { containsPattern } from "../database/like-pattern.js";
import { newId } from "../database/new-id.js";
import { type Page, paginate } from "../database/paginate.js";
import { invalidInput, notFound } from "../errors.js";
import type { CollectionArgs, CreateCollectionInput } from "./catalogue.types.js";
import { Collection } from "./collection.entity.js";
import { Region } from "./region.entity.js";

const BY_NAME = { name: "name", expression: "collection.name", type: "text", direction: "ASC" } as const;

export class CollectionService {
  constructor(private readonly database: DataSource) {}

  list(args: CollectionArgs): Promise<Page<Collection>> {
    const query = this.database.getRepository(Collection).createQueryBuilder("collection");
    if (args.regionId != null) query.andWhere("collection.regionId = :regionId", { regionId: args.regionId });
    if (args.search?.trim()) {
      const search = containsPattern(args.search);
      query.andWhere("(collection.name ilike :search or collection.serverName ilike :search)", { search });
    }
    return paginate(query, args, BY_NAME);
  }

  async get(id: string): Promise<Collection> {
    const collection = await this.database.manager.findOneBy(Collection, { id });
    if (!collection) throw notFound("collection", `id=${id}`);
    return collection;
  }

  async create(call: Call, { regionId, name, serverName, baseUrl }: CreateCollectionInput): Promise<Collection> {
    if (!(await this.database.manager.existsBy(Region, { id: regionId }))) {
      throw invalidInput({ path: "regionId", message: "no such region" });
    }
    const facts = { regionId, name, serverName, baseUrl };
    const collection = this.database.manager.create(Collection, {
      id: newId(call.now),
      ...facts,
      createdAt: call.now,
      updatedAt: call.now,
    });
    const refusals = {
      collections_name_unique: ["name", "the region has a collection with this name"],
      collections_region_exists: ["regionId", "the region has just been deleted"],
    } as const;
    await refusing(refusals, () =>
      this.database.transaction(async (manager) => {
        await manager.insert(Collection, collection);
        const happening = {
          event: "collection.created",
          targetKind: "Collection",
          targetId: collection.id,
          after: facts,
        };
        await record(manager, call, happening);
      }),
    );
    return collection;
  }
}
