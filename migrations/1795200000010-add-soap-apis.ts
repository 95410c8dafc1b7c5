import type { MigrationInterface, QueryRunner } from "typeorm";

export class AddSoapApis1795200000010 implements MigrationInterface {
  async up(query: QueryRunner): Promise<void> {
    await query.query(`
      alter table apis
        drop constraint apis_kind_known,
        drop constraint apis_operation_unique,
        alter column method drop not null,
        alter column path drop not null,
        alter column path_shape drop not null,
        add column endpoint text,
        add column soap_action text,
        add column operation text,
        add column port text,
        add column wsdl_location text,
        add constraint apis_kind_known check (kind in ('REST', 'SOAP')),
        add constraint apis_rest_is_whole check (
          kind <> 'REST' or num_nulls(method, path, path_shape) = 0
            and num_nonnulls(endpoint, soap_action, operation, port, wsdl_location) = 0
        ),
        add constraint apis_soap_is_whole check (
          kind <> 'SOAP' or num_nonnulls(method, path, path_shape) = 0 and num_nonnulls(soap_action, operation) > 0
        ),
        -- An empty action names nothing, and is not stored.
        add constraint apis_soap_action_not_empty check (soap_action <> '')`);
    await query.query(`
      create unique index apis_operation_unique on apis (collection_id, method, path_shape) where kind = 'REST'`);
    await query.query(`
      create unique index apis_soap_action_unique on apis
        (collection_id, coalesce(endpoint, ''), coalesce(soap_action, operation)) where kind = 'SOAP'`);
    await query.query(`create index collections_region on collections (region_id, name, id)`);
  }

  async down(query: QueryRunner): Promise<void> {
    await query.query(`drop index collections_region`);
    await query.query(`delete from apis where kind = 'SOAP'`);
    await query.query(`drop index apis_operation_unique`);
    await query.query(`drop index apis_soap_action_unique`);
    await query.query(`
      alter table apis
        drop constraint apis_kind_known,
        drop constraint apis_rest_is_whole,
        drop constraint apis_soap_is_whole,
        drop column endpoint,
        drop column soap_action,
        drop column operation,
        drop column port,
        drop column wsdl_location,
        alter column method set not null,
        alter column path set not null,
        alter column path_shape set not null,
        add constraint apis_kind_known check (kind in ('REST')),
        add constraint apis_operation_unique unique (collection_id, method, path_shape)`);
  }
}
