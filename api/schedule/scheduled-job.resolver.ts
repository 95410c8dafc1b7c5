import { Query, Resolver } from "type-graphql";
import { Policy } from "../graphql/policy.js";
import { ScheduledJob } from "./scheduled-job.entity.js";
import type { ScheduledJobService } from "./scheduled-job.service.js";

@Resolver(() => ScheduledJob)
export class ScheduledJobResolver {
  constructor(private readonly service: ScheduledJobService) {}

  @Policy("jobs:read")
  @Query(() => [ScheduledJob], { description: "What Latchkey does by itself, and how it went, by name." })
  scheduledJobs() {
    return this.service.list();
  }
}
