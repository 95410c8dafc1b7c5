import type { MigrationInterface, QueryRunner } from "typeorm";

export class IndexAuditSearch1795200000041 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`create index audit_events_request on audit_events (request_id, id)`);
    await query.query(`
      create index audit_events_transaction on audit_events (transaction_ref, id) where transaction_ref is not null`);
    // One text for all that a search looks into: a condition over six columns would read every event.
    await query.query(`
      create index audit_events_search on audit_events using gin ((
        actor_name || E'\\n' || event || E'\\n' || target_kind || E'\\n' || coalesce(reason, '') || E'\\n' ||
        request_id || E'\\n' || coalesce(transaction_ref, '')
      ) gin_trgm_ops)`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(`drop index audit_events_search`);
    await query.query(`drop index audit_events_transaction`);
    await query.query(`drop index audit_events_request`);
  }
}
