import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { reachesClient, reachesKey } from "../access/reach.js";
import { refuseWithout } from "../access/refuse-without.js";
import { record } from "../audit/record.js";
import { invalidInput, notFound } from "../errors.js";
import { parseSecret } from "../secrets/secret-format.js";
import { callsOfToken } from "../tokens/calls-of-token.js";
import { findTokenByText, tokenKindOf } from "../tokens/find-token.js";
import { TokenKind } from "../tokens/token.entity.js";
import { statusOf as statusOfToken } from "../tokens/token-status.js";
import { statusOf } from "./api-key-status.js";
import { findSecret, isAccepted, type SecretReader } from "./find-by-secret.js";
import { LookedUpKind, type LookedUpSecret, LookedUpStatus } from "./secret-lookup.types.js";

/** Tells whose a secret is (3.6). No error of it holds the secret, nor does the event that it writes. */
export class SecretLookupService {
  constructor(
    private readonly database: DataSource,
    private readonly secrets: SecretReader,
  ) {}

  lookUp(call: Call, text: string): Promise<LookedUpSecret> {
    return tokenKindOf(this.secrets.brand, text) ? this.lookUpToken(call, text) : this.lookUpKey(call, text);
  }

  private async lookUpKey(call: Call, text: string): Promise<LookedUpSecret> {
    const found = await findSecret(this.database.manager, this.secrets, text);
    if (!found && !parseSecret(this.secrets.brand, text)) throw malformed(this.secrets.brand);
    if (!found) throw notFound("secret", "no key has it");
    const { key, secret } = found;
    if (!reachesKey(call.actor, key)) throw notFound("secret", `API key ${key.id} is out of reach`);
    await this.note(call, "ApiKey", key.id, secret.lookupId);
    const status = isAccepted(key, secret, call.now) ? statusOf(key, call.now) : LookedUpStatus.ROTATED_OUT;
    const { clientId, userId } = key;
    return { kind: LookedUpKind.API_KEY, status, apiKey: key, token: null, clientId, userId };
  }

  private async lookUpToken(call: Call, text: string): Promise<LookedUpSecret> {
    refuseWithout(call.actor, "tokens:read");
    const { manager } = this.database;
    const found = await findTokenByText(manager, this.secrets, text);
    if (!found) throw notFound("secret", "no token is it");
    const { token, family } = found;
    const { clientId, userId } = family;
    if (!reachesClient(call.actor, clientId)) throw notFound("secret", `token ${token.id} is out of reach`);
    await this.note(call, "Token", token.id, token.lookupId);
    const status = statusOfToken(token, family, await callsOfToken(manager, token), call.now);
    const kind = token.kind === TokenKind.ACCESS ? LookedUpKind.ACCESS_TOKEN : LookedUpKind.REFRESH_TOKEN;
    return { kind, status, apiKey: null, token, clientId, userId };
  }

  private async note(call: Call, targetKind: string, targetId: string, lookupId: string): Promise<void> {
    const about = { event: "secret.lookedUp", targetKind, targetId };
    await record(this.database.manager, call, { ...about, after: { lookupId } });
  }
}

function malformed(brand: string) {
  const message = `is not the full text of a secret, which is such as ${brand}_key_ and 50 letters and digits: it is cut off or mistyped`;
  return invalidInput({ path: "secret", message });
}
