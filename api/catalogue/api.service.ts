import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { audiencesWithin, seesApi } from "../access/reach.js";
import { record } from "../audit/record.js";
import { refusing } from "../database/constraint-errors.js";
import { containsPattern } from "../database/like-pattern.js";
import { newId } from "../database/new-id.js";
import { type Page, paginate } from "../database/paginate.js";
import { invalidInput, notFound } from "../errors.js";
import { Api, ApiStatus, Audience } from "./api.entity.js";
import type { ApiArgs, CreateApiInput } from "./catalogue.types.js";
import { Collection } from "./collection.entity.js";
import { templateProblem, templateShape } from "./path-template.js";

const BY_NAME = { name: "name", expression: "api.name", type: "text", direction: "ASC" } as const;

export class ApiService {
  constructor(private readonly database: DataSource) {}

  list({ actor }: Call, args: ApiArgs): Promise<Page<Api>> {
    const query = this.database.getRepository(Api).createQueryBuilder("api");
    const { status, method } = args.filter ?? {};
    if (actor.sight) {
      query.andWhere("api.status = 'LISTED' and api.audience in (:...audiences)", {
        audiences: audiencesWithin(actor.sight.audience),
      });
    }
    if (args.kind != null) query.andWhere("api.kind = :kind", { kind: args.kind });
    if (args.collectionId != null) query.andWhere("api.collectionId = :id", { id: args.collectionId });
    if (status != null) query.andWhere("api.status = :status", { status });
    if (method != null) query.andWhere("api.method = :method", { method });
    if (args.search?.trim()) {
      const search = containsPattern(args.search);
      query.andWhere("(api.name ilike :search or api.path ilike :search or api.description ilike :search)", { search });
    }
    return paginate(query, args, BY_NAME);
  }

  async get({ actor }: Call, id: string): Promise<Api> {
    const api = await this.database.manager.findOneBy(Api, { id });
    if (!api || !seesApi(actor, api)) throw notFound("API", `id=${id}`);
    return api;
  }

  async create(call: Call, input: CreateApiInput): Promise<Api> {
    const problem = templateProblem(input.path);
    if (problem) throw invalidInput({ path: "path", message: problem });
    if (!(await this.database.manager.existsBy(Collection, { id: input.collectionId }))) {
      throw invalidInput({ path: "collectionId", message: "no such collection" });
    }
    const facts = {
      collectionId: input.collectionId,
      kind: input.kind,
      name: input.name,
      description: input.description ?? "",
      method: input.method,
      path: input.path,
      status: input.status ?? ApiStatus.LISTED,
      audience: input.audience ?? Audience.INTERNAL_AND_EXTERNAL,
      openToAll: input.openToAll ?? false,
    };
    const api = this.database.manager.create(Api, {
      id: newId(call.now),
      ...facts,
      pathShape: templateShape(input.path),
      createdAt: call.now,
      updatedAt: call.now,
    });
    const refusals = {
      apis_operation_unique: ["path", "the collection has an API with this method and a template of this shape"],
      apis_collection_exists: ["collectionId", "the collection has just been deleted"],
    } as const;
    await refusing(refusals, () =>
      this.database.transaction(async (manager) => {
        await manager.insert(Api, api);
        await record(manager, call, { event: "api.created", targetKind: "Api", targetId: api.id, after: facts });
      }),
    );
    return api;
  }
}
