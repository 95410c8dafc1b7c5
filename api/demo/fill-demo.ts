import { Latchkey } from "@latchkey/sdk";
import type { DataSource } from "typeorm";
import { DEMO_PASSWORD, USERS } from "./company.js";
import { DemoError } from "./demo-error.js";
import { foundCompany } from "./found-company.js";
import { makeCalls } from "./make-calls.js";
import { noteMonth, useUpQuotas } from "./month-of-usage.js";
import type { Progress } from "./progress.js";

export interface DemoOptions {
  readonly url: string;
  readonly admin: { readonly name: string; readonly password: string | undefined };
  readonly database: DataSource;
  readonly now: Date;
  readonly progress: Progress;
}

/** What to tell of it. */
export interface DemoReport {
  readonly made: string;
  readonly signIns: string;
  /** A key in force, and a call that it may make. */
  readonly secret: string;
  readonly call: { readonly method: string; readonly path: string; readonly collection: string };
}

/** Fills an empty installation; one that has anything of its own stays as it is. */
export async function fillDemo({ url, admin, database, now, progress }: DemoOptions): Promise<DemoReport> {
  await refuseUnlessEmpty(database);
  if (admin.password === undefined) throw new DemoError("Set ADMIN_PASSWORD to the password of the administrator.");
  const latchkey = new Latchkey({ url });
  await latchkey.signIn({ name: admin.name, password: admin.password });
  const company = await foundCompany(latchkey, url, progress);
  const counted = await noteMonth(database, company, now, progress);
  const asked = await makeCalls(latchkey, company, progress);
  await useUpQuotas(database);
  progress.end();
  await latchkey.signOut();

  const key = company.keys[0];
  const api = key?.apis.find(({ method }) => method === "GET");
  if (!key || !api) throw new Error("The company has no key that reads anything.");
  return {
    made:
      `${company.collections.length} collections with ${company.apis.length} APIs, ` +
      `${company.keys.length} calling clients, ${(counted + asked).toLocaleString("en")} calls`,
    signIns: `${USERS.map(({ userName, role }) => `${userName} (${role})`).join(", ")}, each with the password ${DEMO_PASSWORD}`,
    secret: key.secret,
    call: { method: "GET", path: (api.path ?? "").replace(/\{[^}]*\}/g, "4711"), collection: api.collectionId },
  };
}

async function refuseUnlessEmpty(database: DataSource): Promise<void> {
  const [found]: { used: boolean }[] = await database.query(
    "select exists (select from clients where not system) or exists (select from regions) as used",
  );
  if (!found?.used) return;
  throw new DemoError(
    "The demo fills an empty installation only, and this one has clients or regions. Set DATA_DIR to a new directory, or DATABASE_URL to an empty database.",
  );
}
