import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { startWorld, type World } from "../support/world.js";
import { named } from "./seed-client.js";

describe("the database itself", () => {
  let world: World;
  let id: string;

  before(async () => {
    world = await startWorld();
    id = (await world.latchkey.clients.create(named())).id;
  });

  after(() => world.stop());

  for (const [rule, change] of [
    ["clients_priority_in_range", "priority = 10"],
    ["clients_tps_not_negative", "tps_per_node = -1"],
    ["clients_quota_positive", "quota_limit = 0, quota_period = 'DAY'"],
    ["clients_quota_whole", "quota_limit = 1"],
    ["clients_quota_period_known", "quota_limit = 1, quota_period = 'YEAR'"],
    ["clients_audience_known", "audience = 'ALL'"],
    ["clients_start_before_expiry", "starts_at = now(), expires_at = now()"],
    ["clients_emails_limited", "emails = array_fill('a@example.com'::text, array[201])"],
    ["clients_host_bindings_listed", "host_bindings = '{}'"],
    ["clients_service_time_has_windows", `service_time = '{"timeZone": "UTC", "windows": []}'`],
    ["clients_region_exists", "region_id = gen_random_uuid()"],
  ] as const) {
    it(`refuses ${change}`, async () => {
      const write = world.database.query(`update clients set ${change} where id = $1`, [id]);
      await expect(write).rejects.toMatchObject({ constraint: rule });
    });
  }
});
