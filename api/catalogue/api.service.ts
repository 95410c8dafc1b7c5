import type { DataSource, EntityManager } from "typeorm";
import type { Call } from "../access/call.js";
import { seesApi } from "../access/reach.js";
import { changeAndRecord } from "../audit/change-and-record.js";
import { record } from "../audit/record.js";
import { refuseUnconfirmedLoss } from "../database/confirm-loss.js";
import { refusing } from "../database/constraint-errors.js";
import { newId } from "../database/new-id.js";
import type { Page } from "../database/paginate.js";
import { invalidInput, notFound } from "../errors.js";
import { Api, ApiStatus, Audience } from "./api.entity.js";
import type { ApiArgs, CreateApiInput, DeleteApiInput, UpdateApiInput } from "./api.types.js";
import { changeAddress, readAddress } from "./api-address.js";
import { Collection } from "./collection.entity.js";
import { listApis } from "./list-apis.js";

const REFUSALS = {
  apis_operation_unique: ["path", "the collection has an API with this method and a template of this shape"],
  apis_soap_action_unique: ["soapAction", "the collection has an API with this action or operation at this endpoint"],
  apis_collection_exists: ["collectionId", "the collection has just been deleted"],
} as const;

export class ApiService {
  constructor(private readonly database: DataSource) {}

  list(call: Call, args: ApiArgs): Promise<Page<Api>> {
    return listApis(this.database, call, args);
  }

  async get({ actor }: Call, id: string): Promise<Api> {
    const api = await this.database.manager.findOneBy(Api, { id });
    if (!api || !seesApi(actor, api)) throw notFound("API", `id=${id}`);
    return api;
  }

  async create(call: Call, input: CreateApiInput): Promise<Api> {
    const { pathShape, ...address } = readAddress(input.kind, input);
    const facts = {
      collectionId: input.collectionId,
      ...address,
      name: input.name,
      description: input.description ?? "",
      status: input.status ?? ApiStatus.LISTED,
      audience: input.audience ?? Audience.INTERNAL_AND_EXTERNAL,
      openToAll: input.openToAll ?? false,
    };
    const api = this.database.manager.create(Api, {
      id: newId(call.now),
      ...facts,
      pathShape,
      createdAt: call.now,
      updatedAt: call.now,
    });
    await refusing(REFUSALS, () =>
      this.database.transaction(async (manager) => {
        if (!(await manager.existsBy(Collection, { id: input.collectionId }))) {
          throw invalidInput({ path: "collectionId", message: "no such collection" });
        }
        await manager.insert(Api, api);
        await record(manager, call, { event: "api.created", targetKind: "Api", targetId: api.id, after: facts });
      }),
    );
    return api;
  }

  update(call: Call, { id, ...input }: UpdateApiInput): Promise<Api> {
    return refusing(REFUSALS, () =>
      this.database.transaction(async (manager) => {
        const api = await findForChange(manager, id);
        const changes = { ...input, ...changeAddress(api, input) };
        return changeAndRecord(manager, call, Api, api, changes, { event: "api.updated", targetKind: "Api" });
      }),
    );
  }

  delete(call: Call, { id, confirm }: DeleteApiInput): Promise<Api> {
    return this.database.transaction(async (manager) => {
      const api = await findForChange(manager, id);
      const groups: { name: string }[] = await manager.query(
        `select name from authority_groups join group_apis on group_id = id where api_id = $1 order by name`,
        [id],
      );
      refuseUnconfirmedLoss(api.name, { "authority groups": groups.length }, confirm);
      await manager.delete(Api, { id });
      const { collectionId, kind, name, method, path, endpoint, soapAction, operation } = api;
      const facts = { collectionId, kind, name, method, path, endpoint, soapAction, operation };
      const before = { ...facts, groups: groups.map((group) => group.name) };
      await record(manager, call, { event: "api.deleted", targetKind: "Api", targetId: id, before });
      return api;
    });
  }
}

async function findForChange(manager: EntityManager, id: string): Promise<Api> {
  const api = await manager.findOne(Api, { where: { id }, lock: { mode: "pessimistic_write" } });
  if (!api) throw notFound("API", `id=${id}`);
  return api;
}
