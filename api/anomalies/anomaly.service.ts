import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { record } from "../audit/record.js";
import type { Page } from "../database/paginate.js";
import { notFound } from "../errors.js";
import { Anomaly } from "./anomaly.entity.js";
import type { AcknowledgeAnomalyInput, AnomalyArgs } from "./anomaly.types.js";
import { listAnomalies, withinReach } from "./list-anomalies.js";

export class AnomalyService {
  constructor(private readonly database: DataSource) {}

  list({ actor }: Call, args: AnomalyArgs): Promise<Page<Anomaly>> {
    return listAnomalies(this.database, actor, args);
  }

  /** Acknowledging again changes nothing: who did it first, when, and what was said stays. */
  async acknowledge(call: Call, { id, note }: AcknowledgeAnomalyInput): Promise<Anomaly> {
    return this.database.transaction(async (manager) => {
      const query = manager.createQueryBuilder(Anomaly, "anomaly").where("anomaly.id = :id", { id });
      withinReach(query, call.actor);
      const anomaly = await query.setLock("pessimistic_write").getOne();
      if (!anomaly) throw notFound("anomaly", `id=${id}`);
      if (anomaly.acknowledgedAt) return anomaly;

      const changes = { acknowledgedAt: call.now, acknowledgedBy: call.actor.name, note: note ?? null };
      await manager.update(Anomaly, { id }, changes);
      const about = { event: "anomaly.acknowledged", targetKind: "Anomaly", targetId: id, reason: note ?? null };
      const { kind, apiKeyId, clientId } = anomaly;
      const after = { acknowledgedAt: call.now, kind, apiKeyId, clientId };
      await record(manager, call, { ...about, before: { acknowledgedAt: null }, after });
      return Object.assign(anomaly, changes);
    });
  }
}
