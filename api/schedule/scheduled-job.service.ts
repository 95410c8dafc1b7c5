import type { DataSource } from "typeorm";
import { ScheduledJob } from "./scheduled-job.entity.js";

export class ScheduledJobService {
  constructor(private readonly database: DataSource) {}

  list(): Promise<ScheduledJob[]> {
    return this.database.manager.find(ScheduledJob, { order: { name: "ASC" } });
  }
}
