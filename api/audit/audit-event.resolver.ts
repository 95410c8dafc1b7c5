import { Args, Query, Resolver } from "type-graphql";
import { Policy } from "../graphql/policy.js";
import { AuditEvent } from "./audit-event.entity.js";
import type { AuditEventService } from "./audit-event.service.js";
import { AuditEventArgs, AuditEventConnection } from "./audit-event.types.js";

@Resolver(() => AuditEvent)
export class AuditEventResolver {
  constructor(private readonly events: AuditEventService) {}

  @Policy("audit:read")
  @Query(() => AuditEventConnection, {
    description:
      "Who did what, newest first. The search finds actor names, events, kinds of targets, reasons, request ids and " +
      "references. All of them, in the order of the chain, are exported as NDJSON by `GET /v1/audit/events.ndjson`, which " +
      "takes `search` and the filter's fields as parameters of its query, and `after`, a number.",
  })
  auditEvents(@Args(() => AuditEventArgs) args: AuditEventArgs) {
    return this.events.list(args);
  }
}
