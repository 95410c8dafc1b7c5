import type { EntityManager } from "typeorm";
import type { CallOrigin } from "../access/call.js";
import { Client } from "../clients/client.entity.js";
import type { KeyOwner } from "../keys/draft-api-key.js";
import { addressesOf } from "../notifications/addresses.js";
import type { Outbox } from "../notifications/outbox.js";
import { maskSecret } from "../secrets/secret-format.js";
import { type Anomaly, AnomalyKind } from "./anomaly.entity.js";
import { MINUTE_MS } from "./finding.js";
import type { ToldAnomaly } from "./subjects.js";

/** The list tells of all. */
const LINES_MAX = 20;

/** Tells owners what is unusual about their keys and tokens, through the outbox. */
export class AnomalyMails {
  constructor(
    private readonly outbox: Outbox,
    private readonly brand: string,
  ) {}

  /** In the transaction of what it tells of. One mail for all of an owner's; nobody to write to: none. */
  async tell(
    manager: EntityManager,
    origin: Pick<CallOrigin, "now">,
    anomalies: readonly ToldAnomaly[],
  ): Promise<void> {
    for (const [owner, own] of byOwner(anomalies)) await this.write(manager, origin, owner, own);
  }

  private async write(
    manager: EntityManager,
    origin: Pick<CallOrigin, "now">,
    owner: KeyOwner,
    told: readonly ToldAnomaly[],
  ): Promise<void> {
    const name = owner instanceof Client ? owner.displayName : owner.userName;
    const names = new Set(told.map(({ key }) => key?.name ?? name));
    const lines = told.slice(0, LINES_MAX).map((each) => this.lineOf(each, owner.timeZone));
    if (told.length > LINES_MAX) lines.push(`- and ${told.length - LINES_MAX} more`);
    await this.outbox.put(manager, origin, {
      kind: "unusualUse",
      recipients: addressesOf(owner),
      subject: `Unusual use: ${[...names].join(", ")}`,
      body: `${name} is used in an unusual way:\n\n${lines.join("\n")}\n\nIf nobody knows why, have the key rotated or switched off.\n`,
      clientId: owner instanceof Client ? owner.id : null,
      userId: owner instanceof Client ? null : owner.id,
    });
  }

  private lineOf({ anomaly, key }: ToldAnomaly, timeZone: string): string {
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

function byOwner(anomalies: readonly ToldAnomaly[]): ReadonlyMap<KeyOwner, readonly ToldAnomaly[]> {
  const owned = new Map<KeyOwner, ToldAnomaly[]>();
  for (const told of anomalies) {
    if (!told.owner) continue;
    const own = owned.get(told.owner);
    if (own) own.push(told);
    else owned.set(told.owner, [told]);
  }
  return owned;
}

function written(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "long", timeZone }).format(instant);
}
