import { type EntityManager, In } from "typeorm";
import { Client } from "../clients/client.entity.js";
import { ApiKey } from "../keys/api-key.entity.js";
import type { KeyOwner } from "../keys/draft-api-key.js";
import { User } from "../users/user.entity.js";
import type { Anomaly } from "./anomaly.entity.js";

/** An anomaly with whose key or tokens it was. Undefined: it is gone meanwhile. */
export interface ToldAnomaly {
  readonly anomaly: Anomaly;
  readonly key: ApiKey | undefined;
  readonly owner: KeyOwner | undefined;
}

/** Three statements for any number. */
export async function withSubjects(manager: EntityManager, anomalies: readonly Anomaly[]): Promise<ToldAnomaly[]> {
  const keys = await byId(manager, ApiKey, anomalies, "apiKeyId");
  const clients = await byId(manager, Client, anomalies, "clientId");
  const users = await byId(manager, User, anomalies, "userId");
  return anomalies.map((anomaly) => ({
    anomaly,
    key: keys.get(anomaly.apiKeyId),
    owner: clients.get(anomaly.clientId) ?? users.get(anomaly.userId),
  }));
}

async function byId<T extends ApiKey | Client | User>(
  manager: EntityManager,
  Target: new () => T,
  anomalies: readonly Anomaly[],
  column: "apiKeyId" | "clientId" | "userId",
): Promise<ReadonlyMap<string | null, T>> {
  const ids = [...new Set(anomalies.flatMap((anomaly) => anomaly[column] ?? []))];
  const found = ids.length === 0 ? [] : await manager.findBy<ApiKey | Client | User>(Target, { id: In(ids) });
  return new Map(found.map((each) => [each.id, each as T]));
}
