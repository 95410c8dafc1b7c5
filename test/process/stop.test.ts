import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Latchkey } from "@latchkey/sdk";
import { expect } from "expect";
import pg from "pg";
import { copyTemplate } from "../support/database-server.js";
import { until } from "../support/until.js";
import { testDatabaseServer } from "../support/world.js";
import { runLatchkey } from "./latchkey-process.js";

describe("a process that is asked to stop", () => {
  it("answers the request in flight, takes no other, and ends well", async () => {
    const server = await testDatabaseServer();
    const database = await copyTemplate(server.url);
    const dataDir = await mkdtemp(join(tmpdir(), "latchkey-stop-"));
    const password = "a-chosen-pass-phrase";
    const started = runLatchkey({ DATABASE_URL: database.url, DATA_DIR: dataDir, ADMIN_PASSWORD: password });
    const lock = new pg.Client(database.url);
    try {
      const latchkey = new Latchkey({ url: await started.url(), retries: 0 });
      await latchkey.signIn({ name: "admin", password });
      const client = await latchkey.clients.create({ name: "a", displayName: "A", note: "n" });
      await lock.connect();
      await lock.query("begin");
      await lock.query("select 1 from clients for update");

      const inFlight = latchkey.clients.update({ id: client.id, note: "changed" });
      await until("the update to wait for the row", async () => {
        const { rows } = await lock.query(
          "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
        );
        return rows.length > 0;
      });
      started.child.kill("SIGTERM");
      await until("the server to stop listening", () =>
        latchkey.me().then(
          () => false,
          () => true,
        ),
      );
      expect(started.child.exitCode).toBeNull();
      await lock.query("rollback");
      expect((await inFlight).note).toBe("changed");
      expect(await started.exitCode()).toBe(0);
      expect(started.output()).toContain('"msg":"stopped"');
    } finally {
      await lock.end();
      await started.stop("SIGKILL");
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
      await server.stop();
    }
  });
});
