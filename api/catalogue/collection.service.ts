import type { DataSource, EntityManager } from "typeorm";
import type { Call } from "../access/call.js";
import { changeAndRecord } from "../audit/change-and-record.js";
import { record } from "../audit/record.js";
import { refuseUnconfirmedLoss } from "../database/confirm-loss.js";
import { refusing } from "../database/constraint-errors.js";
import { containsPattern } from "../database/like-pattern.js";
import { newId } from "../database/new-id.js";
import { type Page, paginate } from "../database/paginate.js";
import { invalidInput, notFound } from "../errors.js";
import { Api } from "./api.entity.js";
import { Collection } from "./collection.entity.js";
import type {
  CollectionArgs,
  CreateCollectionInput,
  DeleteCollectionInput,
  UpdateCollectionInput,
} from "./collection.types.js";
import { Region } from "./region.entity.js";

const BY_NAME = { name: "name", expression: "collection.name", type: "text", direction: "ASC" } as const;

const REFUSALS = {
  collections_name_unique: ["name", "the region has a collection with this name"],
  collections_region_exists: ["regionId", "the region has just been deleted"],
} as const;

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
    return found(await this.database.manager.findOneBy(Collection, { id }), id);
  }

  async create(call: Call, { regionId, name, serverName, baseUrl }: CreateCollectionInput): Promise<Collection> {
    const facts = { regionId, name, serverName, baseUrl };
    const collection = this.database.manager.create(Collection, {
      id: newId(call.now),
      ...facts,
      createdAt: call.now,
      updatedAt: call.now,
    });
    await refusing(REFUSALS, () =>
      this.database.transaction(async (manager) => {
        await refuseUnknownRegion(manager, regionId);
        await manager.insert(Collection, collection);
        const target = { targetKind: "Collection", targetId: collection.id };
        await record(manager, call, { event: "collection.created", ...target, after: facts });
      }),
    );
    return collection;
  }

  update(call: Call, { id, ...changes }: UpdateCollectionInput): Promise<Collection> {
    return refusing(REFUSALS, () =>
      this.database.transaction(async (manager) => {
        const collection = await findForChange(manager, id);
        if (changes.regionId !== undefined) await refuseUnknownRegion(manager, changes.regionId);
        return changeAndRecord(manager, call, Collection, collection, changes, {
          event: "collection.updated",
          targetKind: "Collection",
        });
      }),
    );
  }

  /** The lock keeps new APIs out of it until it is gone; they are then refused. */
  delete(call: Call, { id, confirm }: DeleteCollectionInput): Promise<Collection> {
    return this.database.transaction(async (manager) => {
      const collection = await findForChange(manager, id);
      const losses = await lossesOf(manager, id);
      refuseUnconfirmedLoss(collection.name, losses, confirm);
      await manager.delete(Api, { collectionId: id });
      await manager.delete(Collection, { id });
      const before = { regionId: collection.regionId, name: collection.name, ...losses };
      await record(manager, call, { event: "collection.deleted", targetKind: "Collection", targetId: id, before });
      return collection;
    });
  }
}

async function refuseUnknownRegion(manager: EntityManager, regionId: string): Promise<void> {
  if (await manager.existsBy(Region, { id: regionId })) return;
  throw invalidInput({ path: "regionId", message: "no such region" });
}

async function findForChange(manager: EntityManager, id: string): Promise<Collection> {
  return found(await manager.findOne(Collection, { where: { id }, lock: { mode: "pessimistic_write" } }), id);
}

function found(collection: Collection | null, id: string): Collection {
  if (!collection) throw notFound("collection", `id=${id}`);
  return collection;
}

async function lossesOf(manager: EntityManager, id: string) {
  const [row]: { apis: number; groups: number }[] = await manager.query(
    `select count(distinct a.id)::int as apis, count(distinct g.group_id)::int as groups
     from apis a left join group_apis g on g.api_id = a.id where a.collection_id = $1`,
    [id],
  );
  return { APIs: row?.apis ?? 0, "authority groups": row?.groups ?? 0 };
}
