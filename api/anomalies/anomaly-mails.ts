import { type EntityManager, In } from "typeorm";
import type { CallOrigin } from "../access/call.js";
import { Client } from "../clients/client.entity.js";
import { ApiKey } from "../keys/api-key.entity.js";
import type { KeyOwner } from "../keys/draft-api-key.js";
import { addressesOf } from "../notifications/addresses.js";
import type { Outbox } from "../notifications/outbox.js";
import { maskSecret } from "../secrets/secret-format.js";
import { User } from "../users/user.entity.js";
import { type Anomaly, AnomalyKind } from "./anomaly.entity.js";
import { MINUTE_MS } from "./finding.js";

/** The list tells of all. */
const LINES_MAX = 20;

interface Told {
  readonly anomaly: Anomaly;
  readonly key: ApiKey | undefined;
}

/** Tells owners what is unusual about their keys and tokens, through the outbox. */
export class AnomalyMails {
  constructor(
    private readonly outbox: Outbox,
    private readonly brand: string,
  ) {}

  /** In the transaction of what it tells of. One mail for all of an owner's; nobody to write to: none. */
  async tell(manager: EntityManager, origin: Pick<CallOrigin, "now">, anomalies: readonly Anomaly[]): Promise<void> {
    if (anomalies.length === 0) return;
    const keys = await byId(manager, ApiKey, anomalies, "apiKeyId");
    const clients = await byId(manager, Client, anomalies, "clientId");
    const users = await byId(manager, User, anomalies, "userId");
    for (const [ownerId, own] of byOwner(anomalies)) {
      const owner = clients.get(ownerId) ?? users.get(ownerId);
      if (!owner) continue;
      const told = own.map((anomaly) => ({ anomaly, key: keys.get(anomaly.apiKeyId ?? "") }));
      await this.write(manager, origin, owner, told);
    }
  }

  private async write(
    manager: EntityManager,
    origin: Pick<CallOrigin, "now">,
    owner: KeyOwner,
    told: readonly Told[],
  ): Promise<void> {
    const name = owner instanceof Client ? owner.displayName : owner.userName;
    const names = new Set(told.map(({ key }) => key?.name ?? name));
    const lines = told.slice(0, LINES_MAX).map((each) => this.lineOf(each, owner.timeZone));
    if (told.length > LINES_MAX) lines.push(`- and ${told.length - LINES_MAX} more`);
    await this.outbox.put(manager, origin, {
      kind: "unusualUse",
      recipients: addressesOf(owner),
      subject: `Unusual use: ${[...names].join(", ")}`,
      body: `${name} is used as never before:\n\n${lines.join("\n")}\n\nIf nobody knows why, have what is used switched off or rotated.\n`,
      clientId: owner instanceof Client ? owner.id : null,
      userId: owner instanceof Client ? null : owner.id,
    });
  }

  private lineOf({ anomaly, key }: Told, timeZone: string): string {
    const what = key ? `${key.name} (${maskSecret(this.brand, "key", key.lookupId)})` : "access tokens";
    return `- ${what}: ${inWords(anomaly)}, ${written(anomaly.windowEndsAt, timeZone)}`;
  }
}

function inWords(anomaly: Anomaly): string {
  const { kind, seen, expected, calls, addresses } = anomaly;
  const minutes = (anomaly.windowEndsAt.getTime() - anomaly.windowStartsAt.getTime()) / MINUTE_MS;
  switch (kind) {
    case AnomalyKind.FIRST_SEEN_ADDRESS:
      return `called from where it was never called from before: ${addresses.join(", ")}`;
    case AnomalyKind.BURST:
      return `${seen} calls in ${minutes} minutes, at most ${expected} in as many minutes of the week before`;
    case AnomalyKind.REFUSALS:
      return `${seen} of ${calls} calls in ${minutes} minutes were refused`;
    case AnomalyKind.USE_AFTER_SILENCE:
      return `used again after ${seen} days`;
  }
}

async function byId<T extends ApiKey | Client | User>(
  manager: EntityManager,
  Target: new () => T,
  anomalies: readonly Anomaly[],
  column: "apiKeyId" | "clientId" | "userId",
): Promise<ReadonlyMap<string, T>> {
  const ids = [...new Set(anomalies.flatMap((anomaly) => anomaly[column] ?? []))];
  const found = ids.length === 0 ? [] : await manager.findBy<ApiKey | Client | User>(Target, { id: In(ids) });
  return new Map(found.map((each) => [each.id, each as T]));
}

function byOwner(anomalies: readonly Anomaly[]): ReadonlyMap<string, Anomaly[]> {
  const owned = new Map<string, Anomaly[]>();
  for (const anomaly of anomalies) {
    const ownerId = anomaly.clientId ?? anomaly.userId;
    if (ownerId !== null) owned.set(ownerId, [...(owned.get(ownerId) ?? []), anomaly]);
  }
  return owned;
}

function written(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "long", timeZone }).format(instant);
}
