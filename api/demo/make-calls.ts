import type { Api, Latchkey, VerifyRequest } from "@latchkey/sdk";
import type { Company, DemoKey } from "./found-company.js";
import type { Progress } from "./progress.js";

/** Within what most may call in a second. */
const CALLS_OF_KEY = 10;

/** Has real verdicts asked about every key, so that the newest calls, last uses and quotas have something to show. */
export async function makeCalls(latchkey: Latchkey, { keys }: Company, progress: Progress): Promise<number> {
  progress.begin("Calls of today", keys.length);
  let asked = 0;
  for (const key of keys) {
    const requests = callsOf(key);
    await latchkey.verifyBatch(requests);
    asked += requests.length;
    progress.advance();
  }
  return asked;
}

function callsOf({ secret, apis, about }: DemoKey): VerifyRequest[] {
  return Array.from({ length: CALLS_OF_KEY }, (_, place): VerifyRequest => {
    const api = apis[place % apis.length];
    const isOdd = about.refused > 0.04 && place === 3;
    const address = `198.51.100.${10 + (place % 5)}`;
    if (!api || isOdd) return { credential: secret, address, api: { method: "GET", path: "/nowhere" } };
    return { credential: secret, address, api: callOf(api) };
  });
}

function callOf({ collectionId: collection, method, path, soapAction }: Api) {
  if (method !== null && path !== null) return { collection, method, path: path.replace(/\{[^}]*\}/g, "4711") };
  return { collection, soapAction: soapAction ?? "" };
}
