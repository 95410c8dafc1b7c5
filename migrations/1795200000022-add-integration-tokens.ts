import type { MigrationInterface, QueryRunner } from "typeorm";

export class AddIntegrationTokens1795200000022 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      alter table api_keys
        add column kind text not null default 'STANDARD'
          constraint api_keys_kind_known check (kind in ('STANDARD', 'INTEGRATION')),
        -- Waits for its confirmation, and is accepted nowhere.
        add column draft boolean not null default false,
        add constraint api_keys_integration_is_users check (kind <> 'INTEGRATION' or user_id is not null),
        add constraint api_keys_draft_is_integration check (not draft or kind = 'INTEGRATION')`);
    await query.query(`create index api_keys_integration on api_keys (id) where kind = 'INTEGRATION'`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(`delete from api_keys where draft`);
    await query.query(`alter table api_keys drop column kind, drop column draft`);
  }
}
