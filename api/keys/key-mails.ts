import type { EntityManager } from "typeorm";
import type { CallOrigin } from "../access/call.js";
import { Client } from "../clients/client.entity.js";
import { addressesOf } from "../notifications/addresses.js";
import type { Outbox } from "../notifications/outbox.js";
import { maskSecret } from "../secrets/secret-format.js";
import { User } from "../users/user.entity.js";
import type { ApiKey } from "./api-key.entity.js";
import type { KeyOwner } from "./draft-api-key.js";

export type KeyNews = "keyCreated" | "keyRotated" | "keyRevoked" | "keyDisabled" | "keyExpires" | "keyUnused";

interface Words {
  readonly subject: (names: string) => string;
  readonly what: string;
  readonly remedy: string;
}

const WORDS: Readonly<Record<KeyNews, Words>> = {
  keyCreated: {
    subject: (names) => `New API key: ${names}`,
    what: "has a new API key:",
    remedy: "If nobody asked for it, revoke it.",
  },
  keyRotated: {
    subject: (names) => `API key rotated: ${names}`,
    what: "has a new secret for an API key. The one before is accepted until the grace ends:",
    remedy: "Roll the new secret out before then.",
  },
  keyRevoked: {
    subject: (names) => `API key revoked: ${names}`,
    what: "has lost an API key. From now on it is refused:",
    remedy: "If it is still needed, create another one.",
  },
  keyDisabled: {
    subject: (names) => `API key switched off: ${names}`,
    what: "has API keys that were switched off because nobody used them:",
    remedy: "An administrator can switch them on again.",
  },
  keyExpires: {
    subject: (names) => `API key expires soon: ${names}`,
    what: "has API keys that expire soon:",
    remedy: "Create new ones, or have their expiry date changed, before they are refused.",
  },
  keyUnused: {
    subject: (names) => `API key unused: ${names}`,
    what: "has API keys that nobody has used for a long time:",
    remedy: "Revoke those that are no longer needed. Unused keys may be switched off.",
  },
};

/** Tells owners what becomes of their keys, through the outbox. No mail holds a secret (4.11). */
export class KeyMails {
  constructor(
    private readonly outbox: Outbox,
    private readonly brand: string,
  ) {}

  /** In the transaction of what it tells of. One mail for all of an owner's keys; nobody to write to: none. */
  async tell(
    manager: EntityManager,
    origin: Pick<CallOrigin, "now">,
    news: KeyNews,
    keys: readonly ApiKey[],
  ): Promise<void> {
    const [first] = keys;
    if (!first) return;
    const owner = await ownerOf(manager, first);
    const recipients = owner ? addressesOf(owner) : [];
    if (!owner || recipients.length === 0) return;

    const { subject, what, remedy } = WORDS[news];
    const names = keys.map(({ name }) => name).join(", ");
    const lines = keys.map((key) => this.lineOf(key, owner.timeZone, origin.now));
    await this.outbox.put(manager, origin, {
      kind: news,
      recipients,
      subject: subject(names),
      body: `${nameOf(owner)} ${what}\n\n${lines.join("\n")}\n\n${remedy}\n`,
      clientId: first.clientId,
      userId: first.userId,
    });
  }

  private lineOf(key: ApiKey, timeZone: string, now: Date): string {
    const { name, lookupId, expiresAt, lastAccessedAt, rotationEndsAt } = key;
    const expiry = expiresAt ? `expires ${written(expiresAt, timeZone)}` : "never expires";
    if (rotationEndsAt && rotationEndsAt > now) {
      return `- ${name} (${maskSecret(this.brand, "key", lookupId)}), ${expiry}, old secret until ${written(rotationEndsAt, timeZone)}`;
    }
    return `- ${name} (${maskSecret(this.brand, "key", lookupId)}), ${expiry}, last used ${written(lastAccessedAt, timeZone)}`;
  }
}

function ownerOf(manager: EntityManager, { clientId, userId }: ApiKey): Promise<KeyOwner | null> {
  return clientId === null
    ? manager.findOneBy(User, { id: userId as string })
    : manager.findOneBy(Client, { id: clientId });
}

function nameOf(owner: KeyOwner): string {
  return owner instanceof Client ? owner.displayName : owner.userName;
}

function written(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "long", timeZone }).format(instant);
}
