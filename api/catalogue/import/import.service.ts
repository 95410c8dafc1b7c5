import type { DataSource, EntityManager } from "typeorm";
import type { Call } from "../../access/call.js";
import { record } from "../../audit/record.js";
import { refusing } from "../../database/constraint-errors.js";
import { invalidInput } from "../../errors.js";
import { Api, ApiKind } from "../api.entity.js";
import { Collection } from "../collection.entity.js";
import { applyComparison } from "./apply.js";
import { compare } from "./compare.js";
import { type CatalogueImport, GoneApis, type ImportOpenApiInput, type ImportWsdlInput } from "./import.types.js";
import type { ReadDocument } from "./read-document.js";
import type { DocumentReader } from "./read-in-worker.js";
import { factsOf, markDone, reportOf } from "./report.js";

interface Wishes {
  readonly collectionId: string;
  readonly kind: ApiKind;
  readonly dryRun: boolean;
  readonly gone: GoneApis;
  readonly wsdlLocation: string | null;
}

const REFUSALS = {
  apis_operation_unique: ["document", "the collection has just been given one of its operations: try again"],
  apis_soap_action_unique: ["document", "two of its operations have one action at one endpoint of the collection"],
} as const;

/** Makes the APIs of a collection what a document says they are (3.3). */
export class ImportService {
  constructor(
    private readonly database: DataSource,
    private readonly reader: DocumentReader,
  ) {}

  async importOpenApi(call: Call, input: ImportOpenApiInput): Promise<CatalogueImport> {
    await this.refuseUnknownCollection(input.collectionId);
    const document = await this.reader.read({
      format: "OPEN_API",
      document: input.document,
      pathPrefix: input.pathPrefix ?? "",
      ignoreExternalReferences: input.ignoreExternalReferences ?? false,
    });
    return this.import(call, document, { ...wishesOf(input), kind: ApiKind.REST, wsdlLocation: null });
  }

  async importWsdl(call: Call, input: ImportWsdlInput): Promise<CatalogueImport> {
    await this.refuseUnknownCollection(input.collectionId);
    const document = await this.reader.read({
      format: "WSDL",
      document: input.document,
      endpoint: input.endpoint ?? null,
      ignoreExternalReferences: input.ignoreExternalReferences ?? false,
    });
    const wsdlLocation = input.wsdlLocation ?? null;
    return this.import(call, document, { ...wishesOf(input), kind: ApiKind.SOAP, wsdlLocation });
  }

  /** Before the document is read, which takes time. */
  private async refuseUnknownCollection(id: string): Promise<void> {
    if (!(await this.database.manager.existsBy(Collection, { id }))) throw noSuchCollection();
  }

  private import(call: Call, document: ReadDocument, wishes: Wishes): Promise<CatalogueImport> {
    const { collectionId, kind, dryRun, gone, wsdlLocation } = wishes;
    return refusing(REFUSALS, () =>
      this.database.transaction(async (manager) => {
        const collection = await lock(manager, collectionId);
        const apis = await manager.find(Api, { where: { collectionId, kind }, order: { name: "ASC", id: "ASC" } });
        const comparison = compare(apis, document, wsdlLocation);
        const report = reportOf(document, comparison, collection);
        if (dryRun) return report;

        const delisted = gone === GoneApis.DELIST ? comparison.gone : [];
        const added = await applyComparison(manager, call.now, { collectionId, wsdlLocation, comparison, delisted });
        if (added.length + comparison.changed.length + delisted.length > 0) {
          const target = { targetKind: "Collection", targetId: collectionId };
          const after = factsOf(document.title, comparison, delisted);
          await record(manager, call, { event: "collection.imported", ...target, after });
        }
        return markDone(report, added);
      }),
    );
  }
}

/** Two imports into one collection, and an import and a new API, take turns. */
async function lock(manager: EntityManager, id: string): Promise<Collection> {
  const collection = await manager.findOne(Collection, { where: { id }, lock: { mode: "pessimistic_write" } });
  if (!collection) throw noSuchCollection();
  return collection;
}

function noSuchCollection() {
  return invalidInput({ path: "collectionId", message: "no such collection" });
}

function wishesOf({ collectionId, dryRun, gone }: ImportOpenApiInput | ImportWsdlInput) {
  return { collectionId, dryRun: dryRun ?? false, gone: gone ?? GoneApis.DELIST };
}
