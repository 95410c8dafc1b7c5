import type { DataSource } from "typeorm";
import { type Actor, SYSTEM_ACTOR } from "../access/actor.js";
import type { CallOrigin } from "../access/call.js";
import { Client } from "../clients/client.entity.js";
import { withPasswordHasher } from "../secrets/passwords.js";
import { checkPassword } from "../users/check-password.js";
import type { KnownClient, KnownClients } from "../verification/known-clients.js";

/** Any fixed number: with a client id, it makes the lock under which attempts take turns whether there is the client or not. */
const AUTHENTICATION_LOCK = 7_150_303;

/** Who tries is not known yet. */
const SOMEBODY: Actor = { ...SYSTEM_ACTOR, name: "somebody" };

/**
 * Tells whether somebody is a client, by its client id and password. What failed counts as a failed sign-in. A password that
 * was found right is known again in memory until something about its client changes, so that a token costs no slow digest.
 */
export class ClientAuthentication {
  constructor(
    private readonly database: DataSource,
    private readonly clients: KnownClients,
  ) {}

  /** Undefined, after the same work, for whatever is wrong. */
  async authenticate(origin: CallOrigin, clientId: string, password: string): Promise<KnownClient | undefined> {
    const nowMs = origin.now.getTime();
    const client = await this.clients.find(clientId);
    if (client?.hasProved(password)) return client.isInForce(nowMs) ? client : undefined;
    const matches = await this.check(origin, clientId, password);
    if (!matches || !client) return undefined;
    client.noteProof(password);
    return client.current && client.isInForce(nowMs) ? client : this.again(clientId, nowMs);
  }

  private async check(origin: CallOrigin, clientId: string, password: string): Promise<boolean> {
    return withPasswordHasher("STRANGER", (hasher) =>
      this.database.transaction(async (manager) => {
        await manager.query("select pg_advisory_xact_lock($1, hashtext($2))", [AUTHENTICATION_LOCK, clientId]);
        const account = await manager.findOne(Client, { where: { clientId }, lock: { mode: "for_no_key_update" } });
        return checkPassword(manager, hasher, { ...origin, actor: SOMEBODY }, account, password);
      }),
    );
  }

  /** Something about the client has changed while its password was checked: it was right at the time. */
  private async again(clientId: string, nowMs: number): Promise<KnownClient | undefined> {
    const client = await this.clients.find(clientId);
    return client?.isInForce(nowMs) ? client : undefined;
  }
}
