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
      "Who did what, newest first. The search finds actor names, events, reasons, request ids and references.",
  })
  auditEvents(@Args(() => AuditEventArgs) args: AuditEventArgs) {
    return this.events.list(args);
  }
}
