import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { reachesKey } from "../access/reach.js";
import { record } from "../audit/record.js";
import { invalidInput, notFound } from "../errors.js";
import { parseSecret } from "../secrets/secret-format.js";
import { statusOf } from "./api-key-status.js";
import { findSecret, isAccepted, type SecretReader } from "./find-by-secret.js";
import { LookedUpKind, type LookedUpSecret, LookedUpStatus } from "./secret-lookup.types.js";

/** Tells whose a secret is (3.6). No error of it holds the secret, nor does the event that it writes. */
export class SecretLookupService {
  constructor(
    private readonly database: DataSource,
    private readonly secrets: SecretReader,
  ) {}

  async lookUp(call: Call, text: string): Promise<LookedUpSecret> {
    const found = await findSecret(this.database.manager, this.secrets, text);
    if (!found && !parseSecret(this.secrets.brand, text)) throw malformed(this.secrets.brand);
    if (!found) throw notFound("secret", "no key has it");
    const { key, secret } = found;
    if (!reachesKey(call.actor, key)) throw notFound("secret", `API key ${key.id} is out of reach`);
    const after = { lookupId: secret.lookupId };
    await record(this.database.manager, call, {
      event: "secret.lookedUp",
      targetKind: "ApiKey",
      targetId: key.id,
      after,
    });
    const status = isAccepted(key, secret, call.now) ? statusOf(key, call.now) : LookedUpStatus.ROTATED_OUT;
    return { kind: LookedUpKind.API_KEY, status, apiKey: key };
  }
}

function malformed(brand: string) {
  const message = `is not the full text of a secret, which is such as ${brand}_key_ and 50 letters and digits: it is cut off or mistyped`;
  return invalidInput({ path: "secret", message });
}
