import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { Role } from "../access/permissions.js";
import { containsPattern } from "../database/like-pattern.js";
import { type Page, paginate } from "../database/paginate.js";
import { Notification, NotificationStatus } from "./notification.entity.js";
import type { NotificationArgs } from "./notification.types.js";
import { LINK, type Outbox } from "./outbox.js";

const NEWEST_FIRST = { name: "newest", expression: "mail.id", type: "uuid", direction: "DESC" } as const;

export class NotificationService {
  constructor(
    private readonly database: DataSource,
    private readonly outbox: Outbox,
  ) {}

  list(args: NotificationArgs): Promise<Page<Notification>> {
    const query = this.database.getRepository(Notification).createQueryBuilder("mail");
    const { status, kind } = args.filter ?? {};
    if (status != null) query.andWhere("mail.status = :status", { status });
    if (kind != null) query.andWhere("mail.kind = :kind", { kind });
    if (args.search?.trim()) {
      query.andWhere("(mail.subject ilike :search or array_to_string(mail.recipients, ' ') ilike :search)", {
        search: containsPattern(args.search),
      });
    }
    return paginate(query, args, NEWEST_FIRST);
  }

  /**
   * Whoever reads a link can use it. Where no mail server takes it to its addressee, a system administrator does; in
   * every other case it is masked.
   */
  bodyFor({ actor }: Call, mail: Notification): string {
    const handsOver = mail.status === NotificationStatus.KEPT && actor.role === Role.SYSTEM_ADMIN;
    return handsOver ? this.outbox.bodyOf(mail) : mail.body.replace(LINK, "[link, for its addressee only]");
  }
}
