import { randomBytes } from "node:crypto";
import type { DataSource, EntityManager } from "typeorm";
import type { Call } from "../access/call.js";
import { record } from "../audit/record.js";
import { type DayOrInstant, endOf } from "../clients/whole-day.js";
import { refusing } from "../database/constraint-errors.js";
import { newId } from "../database/new-id.js";
import type { Page } from "../database/paginate.js";
import { conflict, invalidInput, notFound } from "../errors.js";
import { digestSecret } from "../secrets/digest.js";
import type { KeyRing } from "../secrets/key-ring.js";
import { mintSecret } from "../secrets/secret-format.js";
import { GatewayKey } from "./gateway-key.entity.js";
import type { CreateGatewayKeyInput, GatewayKeyArgs, RevokeGatewayKeyInput } from "./gateway-key.types.js";
import { STATUS_CONDITIONS } from "./gateway-key-status.js";
import { listGatewayKeys } from "./list-gateway-keys.js";

/** Every node holds all that are in force in memory. */
const IN_FORCE_MAX = 10_000;

const REFUSALS = {
  gateway_keys_name_unique_in_force: ["name", "a gateway key in force has this name"],
} as const;

export interface MintedGatewayKey {
  readonly gatewayKey: GatewayKey;
  readonly secret: string;
}

export class GatewayKeyService {
  constructor(
    private readonly database: DataSource,
    private readonly secrets: { readonly keyRing: KeyRing; readonly brand: string },
  ) {}

  list(call: Call, args: GatewayKeyArgs): Promise<Page<GatewayKey>> {
    return listGatewayKeys(this.database, call, args);
  }

  async get(id: string): Promise<GatewayKey> {
    return found(await this.database.manager.findOneBy(GatewayKey, { id }), id);
  }

  async create(call: Call, input: CreateGatewayKeyInput): Promise<MintedGatewayKey> {
    const { keyRing, brand } = this.secrets;
    const { name, description = "" } = input;
    const facts = { name, description, expiresAt: readExpiry(call, input.expiresAt) };
    const { text: secret, lookupId } = mintSecret(brand, "gw", randomBytes);
    const gatewayKey = Object.assign(new GatewayKey(), {
      id: newId(call.now),
      lookupId,
      ...facts,
      ...digestSecret(keyRing, secret),
      createdAt: call.now,
      createdBy: call.actor.name,
      revokedAt: null,
      revokedBy: null,
      revocationReason: null,
      lastAccessedAt: null,
      lastAccessedFrom: null,
    });
    await refusing(REFUSALS, () =>
      this.database.transaction(async (manager) => {
        await refuseTooMany(manager, call.now);
        await manager.insert(GatewayKey, gatewayKey);
        const about = { event: "gatewayKey.created", targetKind: "GatewayKey", targetId: gatewayKey.id };
        await record(manager, call, { ...about, after: { ...facts, lookupId } });
      }),
    );
    return { gatewayKey, secret };
  }

  /** Revoking again changes nothing: who revoked it first, when and why stays. */
  async revoke(call: Call, { id, reason }: RevokeGatewayKeyInput): Promise<GatewayKey> {
    return this.database.transaction(async (manager) => {
      const lock = { mode: "pessimistic_write" } as const;
      const gatewayKey = found(await manager.findOne(GatewayKey, { where: { id }, lock }), id);
      if (gatewayKey.revokedAt) return gatewayKey;

      // A node whose clock is behind must not end a key before its beginning.
      const revokedAt = call.now < gatewayKey.createdAt ? gatewayKey.createdAt : call.now;
      const changes = { revokedAt, revokedBy: call.actor.name, revocationReason: reason ?? null };
      await manager.update(GatewayKey, { id }, changes);
      const about = { event: "gatewayKey.revoked", targetKind: "GatewayKey", targetId: id, reason: reason ?? null };
      await record(manager, call, { ...about, before: { revokedAt: null }, after: { revokedAt } });
      return Object.assign(gatewayKey, changes);
    });
  }
}

function readExpiry({ actor, now }: Call, given: DayOrInstant | undefined): Date | null {
  if (!given) return null;
  const expiresAt = endOf(given, actor.timeZone);
  if (expiresAt <= now) throw invalidInput({ path: "expiresAt", message: "must be in the future" });
  return expiresAt;
}

/** One creation after the other: two of one name, at once, would wait for each other at the constraint. */
async function refuseTooMany(manager: EntityManager, now: Date): Promise<void> {
  await manager.query("lock table gateway_keys in share row exclusive mode");
  const inForce = await manager
    .createQueryBuilder(GatewayKey, "key")
    .where(STATUS_CONDITIONS.ACTIVE, { now })
    .getCount();
  if (inForce >= IN_FORCE_MAX) throw conflict("name", `there are ${IN_FORCE_MAX} gateway keys in force: revoke some`);
}

function found(gatewayKey: GatewayKey | null, id: string): GatewayKey {
  if (!gatewayKey) throw notFound("gateway key", `id=${id}`);
  return gatewayKey;
}
