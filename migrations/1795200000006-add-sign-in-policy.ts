import type { MigrationInterface, QueryRunner } from "typeorm";

const THRESHOLDS = { users: 6, clients: 3 } as const;

export class AddSignInPolicy1795200000006 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`alter table users add column email text`);
    for (const [table, threshold] of Object.entries(THRESHOLDS)) {
      // A lock without an end stays until somebody unlocks the account.
      await query.query(`
        alter table ${table}
          add column password_change_required boolean not null default false,
          add column sign_in_threshold smallint not null default ${threshold}
            constraint ${table}_sign_in_threshold_in_range check (sign_in_threshold between 1 and 100),
          add column sign_in_lock text not null default 'TEMPORARY'
            constraint ${table}_sign_in_lock_known check (sign_in_lock in ('TEMPORARY', 'PERMANENT')),
          add column failed_sign_ins smallint not null default 0
            constraint ${table}_failed_sign_ins_counted check (failed_sign_ins >= 0),
          add column locks_in_a_row smallint not null default 0
            constraint ${table}_locks_in_a_row_counted check (locks_in_a_row >= 0),
          add column locked_at timestamptz(3),
          add column lock_ends_at timestamptz(3),
          add constraint ${table}_lock_ends_after_start check (lock_ends_at is null or lock_ends_at > locked_at)`);
    }
    await query.query(`alter table clients add constraint clients_lock_needs_password
      check (locked_at is null or password_digest is not null)`);
    await query.query(`
      alter table sessions
        add column last_accessed_at timestamptz(3),
        add column last_accessed_from text`);
    await query.query(`update sessions set last_accessed_at = created_at, last_accessed_from = address`);
    await query.query(`alter table sessions alter column last_accessed_at set not null`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(`alter table sessions drop column last_accessed_at, drop column last_accessed_from`);
    await query.query(`alter table clients drop constraint clients_lock_needs_password`);
    for (const table of Object.keys(THRESHOLDS)) {
      await query.query(`
        alter table ${table}
          drop column password_change_required, drop column sign_in_threshold, drop column sign_in_lock,
          drop column failed_sign_ins, drop column locks_in_a_row, drop column locked_at, drop column lock_ends_at`);
    }
    await query.query(`alter table users drop column email`);
  }
}
