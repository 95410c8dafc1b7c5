import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { createDataSource } from "../../api/database/data-source.js";
import { migrations } from "../../api/database/migrations.js";
import { startWorld, type World } from "../support/world.js";

/** Columns and constraints of every table, in one text; partitions come and go with time. */
const SHAPE = `
  select string_agg(line, E'\\n' order by line) as shape from (
    select format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) as line
    from information_schema.columns where table_schema = 'public' and table_name <> 'migrations' and table_name !~ '^recent_calls_\\d'
    union all
    select format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint
    where connamespace = 'public'::regnamespace and conrelid::regclass::text <> 'migrations' and conrelid::regclass::text !~ '^recent_calls_\\d'
    union all
    select indexdef from pg_indexes where schemaname = 'public' and tablename <> 'migrations' and tablename !~ '^recent_calls_\\d'
  ) as lines`;

describe("the migrations", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  after(() => world.stop());

  it("can all be taken back, with rows in the tables, and applied again", async () => {
    const shapeOf = async () => (await world.database.query(SHAPE)).rows[0].shape;
    const before = await shapeOf();
    const dataSource = await createDataSource(world.database.options.connectionString as string).initialize();
    try {
      for (const _ of migrations) await dataSource.undoLastMigration();
      expect(await shapeOf()).toBeNull();
      await dataSource.runMigrations();
      expect(await shapeOf()).toBe(before);
    } finally {
      await dataSource.destroy();
    }
  });
});
