import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import type { DataSource } from "typeorm";
import { createDataSource } from "../../api/database/data-source.js";
import { copyTemplate, type DatabaseServer, type OwnDatabase } from "../support/database-server.js";
import { testDatabaseServer } from "../support/world.js";

/** How TypeORM and PostgreSQL call the same type. */
const SAME: Readonly<Record<string, string>> = {
  "timestamp with time zone": "timestamptz",
  "character varying": "text",
  _text: "text[]",
  _uuid: "uuid[]",
};

describe("the entities", () => {
  let server: DatabaseServer;
  let database: OwnDatabase;
  let dataSource: DataSource;

  before(async () => {
    server = await testDatabaseServer();
    database = await copyTemplate(server.url);
    dataSource = await createDataSource(database.url).initialize();
  });

  after(async () => {
    await dataSource.destroy();
    await database.drop();
    await server.stop();
  });

  it("have the columns that the migrations made: names, types and nullability", async () => {
    for (const { tableName, columns } of dataSource.entityMetadatas) {
      const rows: { column_name: string; data_type: string; is_nullable: string }[] = await dataSource.query(
        `select column_name, case data_type when 'ARRAY' then udt_name else data_type end as data_type, is_nullable
         from information_schema.columns where table_schema = 'public' and table_name = $1`,
        [tableName],
      );
      const made = rows.map(
        (row) =>
          `${row.column_name} ${SAME[row.data_type] ?? row.data_type}${row.is_nullable === "YES" ? " null" : ""}`,
      );
      const mapped = columns.map(
        ({ databaseName, type, isArray, isNullable }) =>
          `${databaseName} ${String(type)}${isArray ? "[]" : ""}${isNullable ? " null" : ""}`,
      );
      // A table may hold columns that only verification reads.
      for (const column of mapped)
        expect({ tableName, made, column: made.includes(column) ? "made" : column }).toEqual({
          tableName,
          made,
          column: "made",
        });
    }
  });
});
