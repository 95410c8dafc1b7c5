import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { type Page, paginate } from "../database/paginate.js";
import { AuditEvent } from "./audit-event.entity.js";
import type { AuditEventArgs } from "./audit-event.types.js";
import { AuditLink } from "./audit-link.entity.js";
import { whereEvents } from "./find-events.js";
import { record } from "./record.js";

const NEWEST_FIRST = { name: "newest", expression: "event.id", type: "uuid", direction: "DESC" } as const;

export class AuditEventService {
  constructor(private readonly database: DataSource) {}

  async list(args: AuditEventArgs): Promise<Page<AuditEvent>> {
    const query = this.database
      .getRepository(AuditEvent)
      .createQueryBuilder("event")
      .leftJoinAndMapOne("event.link", AuditLink, "link", "link.eventId = event.id");
    const page = await paginate(whereEvents(query, args.filter ?? {}, args.search), args, NEWEST_FIRST);
    if (query.expressionMap.wheres.length > 0) return page;
    const countAll = (): Promise<number> => this.countAll();
    return {
      edges: page.edges,
      pageInfo: page.pageInfo,
      get totalCount() {
        return countAll();
      },
    };
  }

  /** The chain has numbered them: to count ten million one by one would take longer than the page. */
  private async countAll(): Promise<number> {
    const [{ events }] = await this.database.query(
      `select (select coalesce(max(number) - min(number) + 1, 0) from audit_links)::integer
              + (select count(*) from audit_pending)::integer as events`,
    );
    return events;
  }

  /** An attempt to change what the actor may not change (7.1). Nothing was changed, so there is no transaction to join. */
  recordForbidden({ actor, ...origin }: Call, mutation: string): Promise<void> {
    const targetKind = actor.kind === "CLIENT" ? "Client" : "User";
    const happening = { event: "mutation.forbidden", targetKind, targetId: actor.id, after: { mutation } };
    return record(this.database.manager, { ...origin, actor }, happening);
  }
}
