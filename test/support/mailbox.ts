import { once } from "node:events";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";
import { until } from "./until.js";

/** A real SMTP server that keeps what it takes. */
export interface Mailbox {
  readonly url: string;
  readonly mails: readonly Email[];
  /** The next recipients are refused with this SMTP reply code, until it is undefined again. */
  refuseWith: number | undefined;
  /** How often a mail was offered. */
  attempts: number;
  mailTo(address: string): Promise<Email>;
  close(): Promise<void>;
}

export async function openMailbox(): Promise<Mailbox> {
  const mails: Email[] = [];
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onRcptTo: (_address, _session, callback) => {
      mailbox.attempts++;
      if (mailbox.refuseWith === undefined) callback();
      else callback(Object.assign(new Error("not now"), { responseCode: mailbox.refuseWith }));
    },
    onData: (stream, _session, callback) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        // Taken before it is read: a mail that cannot be read is the test's to find, not the sender's to repeat.
        callback();
        void PostalMime.parse(Buffer.concat(chunks)).then((mail) => mails.push(mail));
      });
    },
  });
  server.on("error", () => undefined);
  const listener = server.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  const mailbox: Mailbox = {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuseWith: undefined,
    attempts: 0,
    mailTo: (to) => until(`a mail to ${to}`, () => mails.find((mail) => mail.to?.some((each) => each.address === to))),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return mailbox;
}
