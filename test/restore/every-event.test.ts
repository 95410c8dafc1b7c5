import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { expect } from "expect";
import { root } from "../readme/code-blocks.js";

/** They make, give or tell, or take what ends at a restore in any case: sessions, tokens, codes and links. */
const NOTHING_TO_TAKE = [
  "accessRequest.created",
  "accessRequest.decided",
  "anomaly.acknowledged",
  "api.created",
  "apiKey.created",
  "apiKey.revealed",
  "authorityGroup.apisAdded",
  "authorityGroup.created",
  "client.created",
  "client.tokensRevoked",
  "collection.created",
  "collection.updated",
  "gatewayKey.created",
  "integrationToken.confirmed",
  "integrationToken.drafted",
  "region.created",
  "region.updated",
  "scope.created",
  "session.ended",
  "session.started",
  "token.issued",
  "token.revealed",
  "token.revoked",
  "user.created",
  "user.passwordResetRequested",
  "user.signInPolicyChanged",
  "webhook.created",
  "webhook.tested",
];

describe("every event of a mutation", () => {
  it("is either replayed after a restore, or has nothing to take away", async () => {
    const mutations = await readFile(join(root, "test/audit/events-of-mutations.ts"), "utf8");
    const lists = [...mutations.matchAll(/\bevents: \[([^\]]*)\]/g)].map(([, list = ""]) => list);
    const kinds = new Set(lists.flatMap((list) => list.match(/(?<=")[a-zA-Z]+\.[a-zA-Z]+(?=")/g) ?? []));
    expect(kinds.size).toBeGreaterThan(50);
    const folder = join(root, "api/restore");
    const sources = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), "utf8")));
    const replayed = [...kinds].filter((kind) => sources.some((source) => source.includes(`"${kind}"`)));
    const others = [...kinds].filter((kind) => !replayed.includes(kind) && !NOTHING_TO_TAKE.includes(kind));
    expect(others).toEqual([]);
    expect(NOTHING_TO_TAKE.filter((kind) => !kinds.has(kind))).toEqual([]);
  });
});
