import { randomBytes } from "node:crypto";
import type { EntityManager } from "typeorm";
import type { CallOrigin } from "../access/call.js";
import { newId } from "../database/new-id.js";
import type { KeyRing } from "../secrets/key-ring.js";
import { seal, unseal } from "../secrets/vault.js";
import { Notification, NotificationStatus } from "./notification.entity.js";

/** Stands in a body for a link that lets its reader in. The link is kept sealed and put in when the mail is sent. */
export const LINK = "{{link}}";

export interface Mail {
  readonly kind: string;
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly body: string;
  readonly link?: string;
  /** Whose deletion takes the mail along. */
  readonly userId?: string | null;
  readonly clientId?: string | null;
}

const SUBJECT_CHARACTERS_MAX = 200;

/** Mails are rows, written in the transaction of what they tell of: neither exists without the other. */
export class Outbox {
  constructor(
    private readonly keyRing: KeyRing,
    /** Whether a mail server is configured; without one mails are kept to be read. */
    private readonly sends: boolean,
  ) {}

  /** Nobody to write to: no mail. */
  async put(manager: EntityManager, { now }: Pick<CallOrigin, "now">, mail: Mail): Promise<void> {
    if (mail.recipients.length === 0) return;
    const id = newId(now);
    const link = mail.link === undefined ? undefined : seal(this.keyRing, mail.link, placeOf(id), randomBytes);
    await manager.insert(Notification, {
      id,
      kind: mail.kind,
      recipients: [...mail.recipients],
      subject: oneLine(mail.subject),
      body: mail.body,
      sealedLink: link?.sealed ?? null,
      keyVersion: link?.keyVersion ?? null,
      userId: mail.userId ?? null,
      clientId: mail.clientId ?? null,
      status: this.sends ? NotificationStatus.QUEUED : NotificationStatus.KEPT,
      attempts: 0,
      nextAttemptAt: now,
      lastError: null,
      createdAt: now,
      sentAt: null,
    });
  }

  /** The whole text, its link put in. */
  bodyOf({ id, body, sealedLink, keyVersion }: Notification): string {
    if (sealedLink === null || keyVersion === null) return body;
    return body.replace(LINK, unseal(this.keyRing, { sealed: sealedLink, keyVersion }, placeOf(id)));
  }
}

function placeOf(id: string): string {
  return `notification ${id}`;
}

/** A name in a subject must not begin a header of its own. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ").slice(0, SUBJECT_CHARACTERS_MAX);
}
