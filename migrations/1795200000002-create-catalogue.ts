import type { MigrationInterface, QueryRunner } from "typeorm";

export class CreateCatalogue1795200000002 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      create table regions (
        id uuid primary key,
        code text not null constraint regions_code_unique unique,
        name text not null constraint regions_name_unique unique,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null
      )`);
    await query.query(`
      create table collections (
        id uuid primary key,
        region_id uuid not null constraint collections_region_exists references regions,
        name text not null,
        server_name text not null,
        base_url text not null,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        constraint collections_name_unique unique (region_id, name)
      )`);
    await query.query(`
      create table apis (
        id uuid primary key,
        collection_id uuid not null constraint apis_collection_exists references collections,
        kind text not null constraint apis_kind_known check (kind in ('REST')),
        name text not null,
        description text not null,
        method text not null,
        path text not null,
        -- The template without its parameter names: /a/{x} and /a/{y} are one operation.
        path_shape text not null,
        status text not null constraint apis_status_known check (status in ('LISTED', 'DELISTED')),
        audience text not null
          constraint apis_audience_known check (audience in ('INTERNAL_AND_EXTERNAL', 'EXTERNAL', 'INTERNAL')),
        open_to_all boolean not null,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        constraint apis_operation_unique unique (collection_id, method, path_shape)
      )`);
    await query.query(`
      create table authority_groups (
        id uuid primary key,
        name text not null constraint authority_groups_name_unique unique,
        description text not null,
        security_level text not null
          constraint authority_groups_security_level_known check (security_level in ('A', 'B', 'C')),
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null
      )`);
    await query.query(`
      create table group_apis (
        group_id uuid not null references authority_groups on delete cascade,
        api_id uuid not null references apis on delete cascade,
        primary key (group_id, api_id)
      )`);
    await query.query(`create index group_apis_api on group_apis (api_id)`);

    // The epoch tells a verifying node, in the statement that finds a credential, whether the catalogue that it has
    // compiled is still the one in force. Triggers move it, so that no way of writing can forget to.
    await query.query(`
      create table catalogue_epoch (
        singleton boolean primary key default true constraint catalogue_epoch_is_one_row check (singleton),
        epoch bigint not null
      )`);
    await query.query(`insert into catalogue_epoch (epoch) values (1)`);
    await query.query(`
      create function advance_catalogue_epoch() returns trigger language plpgsql as $$
      begin
        update catalogue_epoch set epoch = epoch + 1;
        return null;
      end $$`);
    for (const table of ["regions", "collections", "apis", "group_apis"]) {
      await query.query(`
        create trigger ${table}_advance_catalogue_epoch
        after insert or update or delete or truncate on ${table}
        for each statement execute function advance_catalogue_epoch()`);
    }
  }

  async down(query: QueryRunner): Promise<void> {
    for (const table of ["group_apis", "authority_groups", "apis", "collections", "regions", "catalogue_epoch"]) {
      await query.query(`drop table ${table}`);
    }
    await query.query(`drop function advance_catalogue_epoch`);
  }
}
