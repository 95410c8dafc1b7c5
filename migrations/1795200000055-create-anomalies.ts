import type { MigrationInterface, QueryRunner } from "typeorm";

export class CreateAnomalies1795200000055 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    // A subject is a key, or a client for all of its tokens. Without foreign keys: what was found stays when its subject goes.
    await query.query(`
      create table anomalies (
        id uuid primary key,
        kind text not null,
        subject_id uuid not null,
        api_key_id uuid,
        client_id uuid,
        user_id uuid,
        detected_at timestamptz(3) not null,
        window_starts_at timestamptz(3) not null,
        window_ends_at timestamptz(3) not null,
        seen bigint not null,
        expected bigint not null,
        calls bigint,
        addresses text[] not null,
        last_used_at timestamptz(3),
        acknowledged_at timestamptz(3),
        acknowledged_by text,
        note text,
        -- The last word on what must not be told twice.
        constraint anomalies_once unique (subject_id, kind, window_ends_at)
      )`);
    for (const of of ["client", "user"])
      await query.query(`create index anomalies_${of} on anomalies (${of}_id, id) where ${of}_id is not null`);
    await query.query("create index anomalies_open on anomalies (id) where acknowledged_at is null");
    await query.query("create index anomalies_kind on anomalies (kind, id)");
    await query.query("create index anomalies_time on anomalies (detected_at)");

    // Up to when everything was looked at. Who looks holds the row: one after the other, each minute once.
    await query.query("create table anomaly_watch (watched_until timestamptz(3) not null)");
    await query.query("insert into anomaly_watch values ('-infinity')");

    await query.query(`
      create table watched_subjects (
        subject_id uuid primary key,
        since timestamptz(3) not null
      )`);
    await query.query(`
      create table subject_networks (
        subject_id uuid not null,
        network cidr not null,
        last_seen_at timestamptz(3) not null,
        primary key (subject_id, network)
      )`);
    // The most calls of a day in so many minutes in a row.
    await query.query(`
      create table subject_peaks (
        subject_id uuid not null,
        minutes smallint not null,
        day date not null,
        calls bigint not null,
        primary key (subject_id, minutes, day)
      )`);

    // Whoever gets another address from the same provider, office or site mostly stays within it. Null: no address.
    await query.query(`
      create function network_of(address text) returns cidr language plpgsql immutable as $$
      begin
        if address ~* '^::ffff:[0-9.]+$' then address := substr(address, 8); end if;
        return network(set_masklen(address::inet, case family(address::inet) when 4 then 24 else 48 end));
      exception when data_exception then return null;
      end $$`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query("drop function network_of");
    for (const table of ["subject_peaks", "subject_networks", "watched_subjects", "anomaly_watch", "anomalies"])
      await query.query(`drop table ${table}`);
  }
}
