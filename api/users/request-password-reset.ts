import { randomBytes } from "node:crypto";
import { type DataSource, type EntityManager, MoreThan } from "typeorm";
import { SYSTEM_ACTOR } from "../access/actor.js";
import type { CallOrigin } from "../access/call.js";
import { record } from "../audit/record.js";
import type { Client } from "../clients/client.entity.js";
import { newId } from "../database/new-id.js";
import { ApiError } from "../errors.js";
import { addressesOf } from "../notifications/addresses.js";
import { LINK, type Outbox } from "../notifications/outbox.js";
import { digestSecret } from "../secrets/digest.js";
import type { KeyRing } from "../secrets/key-ring.js";
import { aboutAccount, findAccountByName } from "./find-account.js";
import { PasswordReset } from "./password-reset.entity.js";
import { User } from "./user.entity.js";

const LINK_MINUTES = 60;
/** One link in this time: nobody's mailbox is flooded by somebody else's clicks. */
const PAUSE_MS = 5 * 60_000;
const WAITING_MAX = 100;

export interface PasswordResetRequestsOptions {
  readonly database: DataSource;
  readonly keyRing: KeyRing;
  readonly outbox: Outbox;
  /** Undefined: a link without a host, which its reader puts in front. */
  readonly publicUrl: string;
  readonly onError: (error: unknown, requestId: string) => void;
}

/** A link's secret: the reset's id, by which it is found, and 256 random bits, of which a digest is kept. */
export interface ResetToken {
  readonly id: string;
  readonly text: string;
}

export class PasswordResetRequests {
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly options: PasswordResetRequestsOptions) {}

  /** Answers before it looks: neither the answer nor its time tells whether the account exists. */
  request(origin: CallOrigin, name: string): void {
    if (this.underWay.size >= WAITING_MAX) throw new ApiError("RATE_LIMITED", "Too many requests at once. Try again.");
    const work = this.begin(origin, name)
      .catch((error: unknown) => this.options.onError(error, origin.requestId))
      .finally(() => this.underWay.delete(work));
    this.underWay.add(work);
  }

  async settle(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private async begin(origin: CallOrigin, name: string): Promise<void> {
    await this.options.database.transaction(async (manager) => {
      // Its row is locked: one link at a time.
      const account = await findAccountByName(manager, name);
      if (!account || addressesOf(account).length === 0 || (await hasFreshLink(manager, account, origin.now))) return;

      const token = mintResetToken(origin.now);
      await manager.insert(PasswordReset, {
        id: token.id,
        ...ownerOf(account),
        ...digestSecret(this.options.keyRing, token.text),
        createdAt: origin.now,
        expiresAt: new Date(origin.now.getTime() + LINK_MINUTES * 60_000),
        usedAt: null,
      });
      await this.options.outbox.put(manager, origin, {
        kind: "passwordReset",
        recipients: addressesOf(account),
        subject: "Choose a new password",
        body: bodyFor(account),
        link: `${this.options.publicUrl}/reset-password#token=${token.text}`,
        ...ownerOf(account),
      });
      await record(manager, { ...origin, actor: SYSTEM_ACTOR }, aboutAccount(account, "passwordResetRequested"));
    });
  }
}

export function mintResetToken(now: Date): ResetToken {
  const id = newId(now);
  return { id, text: id.replaceAll("-", "") + randomBytes(32).toString("base64url") };
}

/** The id that a token names; undefined for what is no token. */
export function resetIdIn(token: string): string | undefined {
  const match = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})[\w-]{43}$/.exec(token);
  return match?.slice(1).join("-");
}

function ownerOf(account: User | Client): { userId: string | null; clientId: string | null } {
  return account instanceof User ? { userId: account.id, clientId: null } : { userId: null, clientId: account.id };
}

function hasFreshLink(manager: EntityManager, account: User | Client, now: Date): Promise<boolean> {
  const owner = account instanceof User ? { userId: account.id } : { clientId: account.id };
  return manager.existsBy(PasswordReset, { ...owner, createdAt: MoreThan(new Date(now.getTime() - PAUSE_MS)) });
}

function bodyFor(account: User | Client): string {
  const name = account instanceof User ? account.userName : account.clientId;
  return [
    `Somebody, perhaps you, asked for a new password for ${name}.`,
    "",
    `Choose one here within ${LINK_MINUTES} minutes; the link works once:`,
    LINK,
    "",
    "If it was not you, do nothing: the password stays as it is.",
    "",
  ].join("\n");
}
