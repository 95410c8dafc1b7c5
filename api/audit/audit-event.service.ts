import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { containsPattern } from "../database/like-pattern.js";
import { type Page, paginate } from "../database/paginate.js";
import { AuditEvent } from "./audit-event.entity.js";
import type { AuditEventArgs } from "./audit-event.types.js";
import { record } from "./record.js";

const NEWEST_FIRST = { name: "newest", expression: "event.id", type: "uuid", direction: "DESC" } as const;

export class AuditEventService {
  constructor(private readonly database: DataSource) {}

  list(args: AuditEventArgs): Promise<Page<AuditEvent>> {
    const query = this.database.getRepository(AuditEvent).createQueryBuilder("event");
    const { actorId, targetId, event } = args.filter ?? {};
    if (actorId != null) query.andWhere("event.actorId = :actorId", { actorId });
    if (targetId != null) query.andWhere("event.targetId = :targetId", { targetId });
    if (event != null) query.andWhere("event.event = :kind", { kind: event });
    if (args.search?.trim()) {
      query.andWhere(
        `(event.actorName ilike :search or event.event ilike :search or event.targetKind ilike :search
          or event.reason ilike :search or event.requestId ilike :search or event.transactionRef ilike :search)`,
        { search: containsPattern(args.search) },
      );
    }
    return paginate(query, args, NEWEST_FIRST);
  }

  /** An attempt to change what the actor may not change (7.1). Nothing was changed, so there is no transaction to join. */
  recordForbidden({ actor, ...origin }: Call, mutation: string): Promise<void> {
    const targetKind = actor.kind === "CLIENT" ? "Client" : "User";
    const happening = { event: "mutation.forbidden", targetKind, targetId: actor.id, after: { mutation } };
    return record(this.database.manager, { ...origin, actor }, happening);
  }
}
