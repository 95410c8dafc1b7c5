import type { MigrationInterface, QueryRunner } from "typeorm";

export class CreateScheduledJobs1795200000019 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    // A node holds the row's lock while it runs the job: no other runs it too, and a node that dies lets go of it.
    await query.query(`
      create table scheduled_jobs (
        name text primary key,
        next_run_at timestamptz(3) not null,
        last_run_at timestamptz(3),
        last_error text,
        failures integer not null default 0 constraint scheduled_jobs_failures_not_negative check (failures >= 0)
      )`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(`drop table scheduled_jobs`);
  }
}
