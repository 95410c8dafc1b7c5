import nodemailer, { type Transporter } from "nodemailer";
import type { DataSource, EntityManager } from "typeorm";
import { Notification, NotificationStatus } from "./notification.entity.js";
import type { Outbox } from "./outbox.js";

export interface MailSenderOptions {
  readonly database: DataSource;
  readonly outbox: Outbox;
  readonly smtp: { readonly url: string; readonly from: string };
  readonly now: () => Date;
  readonly onError: (error: unknown) => void;
}

const POLL_MS = 1_000;
const FIRST_RETRY_MS = 5_000;
const RETRY_MS_MAX = 30 * 60_000;
const GIVE_UP_MS = 24 * 60 * 60_000;
const SMTP_MS_MAX = 10_000;

/** What an SMTP server, or the way to it, said. */
interface SmtpError extends Error {
  readonly responseCode?: number;
}

/**
 * Sends what is due in the outbox. Each mail is locked while it is under way, so that of several nodes one sends it. A
 * node that dies after the server took a mail and before the row says so sends it again: SMTP knows no other way.
 */
export class MailSender {
  private readonly transporter: Transporter;
  private timer: NodeJS.Timeout | undefined;
  private sending: Promise<void> = Promise.resolve();

  constructor(private readonly options: MailSenderOptions) {
    const limits = { connectionTimeout: SMTP_MS_MAX, greetingTimeout: SMTP_MS_MAX, socketTimeout: SMTP_MS_MAX };
    this.transporter = nodemailer.createTransport({ url: options.smtp.url, ...limits });
  }

  start(): void {
    this.timer = setInterval(() => {
      this.sending = this.sending.then(() => this.sendDue()).catch(this.options.onError);
    }, POLL_MS);
  }

  /** Lets the mail under way finish. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    await this.sending;
    this.transporter.close();
  }

  private async sendDue(): Promise<void> {
    while (this.timer !== undefined && (await this.sendNext()));
  }

  /** False when nothing is due. */
  private sendNext(): Promise<boolean> {
    return this.options.database.transaction(async (manager) => {
      const now = this.options.now();
      const mail = await manager
        .createQueryBuilder(Notification, "mail")
        .where("mail.status = 'QUEUED' and mail.nextAttemptAt <= :now", { now })
        .orderBy("mail.nextAttemptAt")
        .limit(1)
        .setLock("pessimistic_write")
        .setOnLocked("skip_locked")
        .getOne();
      if (!mail) return false;
      await this.attempt(manager, mail, now);
      return true;
    });
  }

  private async attempt(manager: EntityManager, mail: Notification, now: Date): Promise<void> {
    const attempts = mail.attempts + 1;
    try {
      await this.transporter.sendMail({
        messageId: `<${mail.id}@latchkey>`,
        from: this.options.smtp.from,
        to: mail.recipients,
        subject: mail.subject,
        text: this.options.outbox.bodyOf(mail),
        // RFC 3834 section 5: no machine should answer it.
        headers: { "Auto-Submitted": "auto-generated" },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      const link = { sealedLink: null, keyVersion: null };
      const sent = { status: NotificationStatus.SENT, attempts, sentAt: now, lastError: null, ...link };
      await manager.update(Notification, { id: mail.id }, sent);
    } catch (error) {
      await manager.update(Notification, { id: mail.id }, afterFailure(mail, error as SmtpError, attempts, now));
    }
  }
}

function afterFailure(
  { createdAt }: Notification,
  error: SmtpError,
  attempts: number,
  now: Date,
): Partial<Notification> {
  // RFC 5321 section 4.2.1: 5yz says that the same mail will be refused again.
  const permanent = (error.responseCode ?? 0) >= 500 || now.getTime() - createdAt.getTime() > GIVE_UP_MS;
  const retryMs = Math.min(RETRY_MS_MAX, FIRST_RETRY_MS * 2 ** (attempts - 1));
  return {
    status: permanent ? NotificationStatus.FAILED : NotificationStatus.QUEUED,
    attempts,
    nextAttemptAt: new Date(now.getTime() + retryMs),
    lastError: error.message.slice(0, 500),
  };
}
