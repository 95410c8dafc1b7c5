import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { UsageError } from "./exit-codes.js";

export interface KeptSession {
  readonly name: string;
  readonly token: string;
  readonly expiresAt: string;
}

type Sessions = Readonly<Record<string, KeptSession>>;

/** Session tokens, one for each server: a token goes to no other server than the one that gave it. Read by its owner alone. */
export class SessionFile {
  constructor(
    private readonly path: string,
    private readonly now: () => Date,
  ) {}

  /** The session at a server, unless it is over. */
  async find(url: string): Promise<KeptSession | undefined> {
    const session = (await this.read())[placeOf(url)];
    return session !== undefined && new Date(session.expiresAt) > this.now() ? session : undefined;
  }

  async keep(url: string, session: KeptSession): Promise<void> {
    await this.write({ ...(await this.read()), [placeOf(url)]: session });
  }

  async forget(url: string): Promise<void> {
    const { [placeOf(url)]: _, ...others } = await this.read();
    await this.write(others);
  }

  private async read(): Promise<Sessions> {
    const facts = await stat(this.path).catch(() => undefined);
    if (facts === undefined) return {};
    // Windows has no such bits, and keeps a profile's files from others by itself.
    if (process.platform !== "win32" && (facts.mode & 0o077) !== 0) {
      throw new UsageError(`others may read ${this.path}: chmod 600 it, or remove it and sign in again`);
    }
    try {
      return JSON.parse(await readFile(this.path, "utf8")) as Sessions;
    } catch {
      // The parser's own error quotes the text, which holds tokens.
      throw new UsageError(`${this.path} is damaged: remove it and sign in again`);
    }
  }

  /** In one step, so that a reader meets the old file or the new one, and never a part. */
  private async write(sessions: Sessions): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    const draft = `${this.path}.${randomBytes(6).toString("hex")}`;
    const file = await open(draft, "wx", 0o600);
    try {
      await file.writeFile(`${JSON.stringify(sessions, undefined, 2)}\n`);
      await file.close();
      await rename(draft, this.path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }
}

/** The same server written otherwise is the same place. */
function placeOf(url: string): string {
  return new URL(url).href.replace(/\/+$/, "");
}
