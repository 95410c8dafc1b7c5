import type { EntityManager } from "typeorm";
import { newId } from "../../database/new-id.js";
import { Api, ApiKind, ApiStatus, Audience, HttpMethod } from "../api.entity.js";
import { templateShape } from "../path-template.js";
import type { ChangedApi, Comparison } from "./compare.js";
import type { ReadOperation } from "./read-document.js";

/** Rows of one statement: 19 columns of each stay below PostgreSQL's 65,535 parameters. */
const ROWS_MAX = 1_000;

interface Application {
  readonly collectionId: string;
  readonly wsdlLocation: string | null;
  readonly comparison: Comparison;
  readonly delisted: readonly Api[];
}

/** Writes what a comparison found, in a few statements; what did not change is not touched. Gives the new APIs. */
export async function applyComparison(
  manager: EntityManager,
  now: Date,
  { collectionId, wsdlLocation, comparison, delisted }: Application,
): Promise<readonly Api[]> {
  if (delisted.length > 0) await delist(manager, now, delisted);
  if (comparison.changed.length > 0) await rewrite(manager, now, comparison.changed);
  const added = comparison.added.map((read) => newApi(manager, now, collectionId, read, wsdlLocation));
  for (let from = 0; from < added.length; from += ROWS_MAX)
    await manager.insert(Api, added.slice(from, from + ROWS_MAX));
  return added;
}

async function delist(manager: EntityManager, now: Date, apis: readonly Api[]): Promise<void> {
  await manager.query(`update apis set status = 'DELISTED', updated_at = $2 where id = any($1::uuid[])`, [
    apis.map((api) => api.id),
    now,
  ]);
  for (const api of apis) Object.assign(api, { status: ApiStatus.DELISTED, updatedAt: now });
}

async function rewrite(manager: EntityManager, now: Date, changed: readonly ChangedApi[]): Promise<void> {
  const column = (field: keyof ChangedApi["rewritten"]) => changed.map(({ rewritten }) => rewritten[field]);
  await manager.query(
    `update apis a
     set name = n.name, description = n.description, path = n.path, endpoint = n.endpoint, soap_action = n.soap_action,
         operation = n.operation, port = n.port, wsdl_location = n.wsdl_location, updated_at = $1
     from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                 $10::text[])
       as n (id, name, description, path, endpoint, soap_action, operation, port, wsdl_location)
     where a.id = n.id`,
    [
      now,
      changed.map(({ api }) => api.id),
      column("name"),
      column("description"),
      column("path"),
      column("endpoint"),
      column("soapAction"),
      column("operation"),
      column("port"),
      column("wsdlLocation"),
    ],
  );
  for (const { api, rewritten } of changed) Object.assign(api, rewritten, { updatedAt: now });
}

function newApi(
  manager: EntityManager,
  now: Date,
  collectionId: string,
  read: ReadOperation,
  wsdlLocation: string | null,
): Api {
  const address =
    read.kind === "REST"
      ? { method: HttpMethod[read.method], path: read.path, pathShape: templateShape(read.path), ...NO_SOAP }
      : {
          method: null,
          path: null,
          pathShape: null,
          endpoint: read.endpoint,
          soapAction: read.soapAction,
          operation: read.operation,
          port: read.port,
          wsdlLocation,
        };
  return manager.create(Api, {
    id: newId(now),
    collectionId,
    kind: ApiKind[read.kind],
    name: read.name,
    description: read.description,
    ...address,
    status: ApiStatus.LISTED,
    audience: Audience.INTERNAL_AND_EXTERNAL,
    openToAll: false,
    createdAt: now,
    updatedAt: now,
  });
}

const NO_SOAP = { endpoint: null, soapAction: null, operation: null, port: null, wsdlLocation: null };
