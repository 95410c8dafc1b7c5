import type { MigrationInterface, QueryRunner } from "typeorm";

export class AlertQuotas1795200000047 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    // Who was told of what, so that nobody is told twice. A quota that was raised since is another one.
    await query.query(`
      create table quota_alerts (
        subject_id uuid not null,
        period text not null,
        period_starts_at timestamptz(3) not null,
        percent smallint not null,
        quota_limit integer not null,
        alerted_at timestamptz(3) not null,
        primary key (subject_id, period, period_starts_at, percent, quota_limit)
      )`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query("drop table quota_alerts");
  }
}
