import { grantTo } from "../../api/database/grant-to.js";
import { unique } from "./seed.js";
import type { World } from "./world.js";

/** A role that may serve a world's database and owns nothing in it. */
export interface ServiceRole {
  readonly name: string;
  /** Leads to the database as this role. */
  readonly wayTo: (databaseUrl: string) => string;
  drop(): Promise<void>;
}

const PASSWORD = "service-role";

export async function serviceRoleOf({ database, databaseUrl }: World): Promise<ServiceRole> {
  const name = unique("service");
  await database.query(`create role "${name}" login password '${PASSWORD}'`);
  await grantTo(databaseUrl, name);
  return {
    name,
    wayTo: (url) => asRole(url, name, PASSWORD),
    drop: async () => {
      await database.query(`drop owned by "${name}"`);
      await database.query(`drop role "${name}"`);
    },
  };
}

export function asRole(databaseUrl: string, name: string, password: string): string {
  const url = new URL(databaseUrl);
  url.username = name;
  url.password = password;
  return url.href;
}
