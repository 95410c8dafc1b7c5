import { randomBytes } from "node:crypto";
import { setTimeout as passed } from "node:timers/promises";
import type { DataSource } from "typeorm";
import type { KeyRing } from "../secrets/key-ring.js";
import { seal, unseal } from "../secrets/vault.js";
import type { Claim } from "./claim.js";

/** A day: longer than any client tries again. */
export const ANSWERS_KEPT_MS = 86_400_000;

/** What is known of an earlier request with the key. `answer` is null when it was never kept. */
export interface Known {
  readonly isSame: boolean;
  readonly answer: string | null;
}

interface Row {
  readonly fingerprint: Buffer;
  readonly sealed: Buffer | null;
  readonly sealed_version: number;
}

type Key = Pick<Claim, "id" | "fingerprint" | "now">;

const LOOK_EVERY_MS = 50;

/** Answers of mutations with a key, which may hold secrets: encrypted under the key ring. */
export class KeptAnswers {
  constructor(
    private readonly database: DataSource,
    private readonly keyRing: KeyRing,
  ) {}

  async find({ id, fingerprint, now }: Key): Promise<Known | undefined> {
    const [row]: Row[] = await this.database.query(
      "select fingerprint, sealed, sealed_version from idempotency_claims where id = $1 and created_at > $2",
      [id, new Date(now.getTime() - ANSWERS_KEPT_MS)],
    );
    if (!row) return undefined;
    return { isSame: row.fingerprint.equals(fingerprint), answer: this.open(row, id) };
  }

  /** As `find`, but waits for an answer that may be on its way. */
  async await(key: Key, waitMsMax: number): Promise<Known | undefined> {
    for (let waitedMs = 0; ; waitedMs += LOOK_EVERY_MS) {
      const known = await this.find(key);
      if (!known?.isSame || known.answer !== null || waitedMs >= waitMsMax) return known;
      await passed(LOOK_EVERY_MS);
    }
  }

  async keep({ id }: Key, answer: string): Promise<void> {
    const { sealed, keyVersion } = seal(this.keyRing, answer, placeOf(id), randomBytes);
    await this.database.query("update idempotency_claims set sealed = $2, sealed_version = $3 where id = $1", [
      id,
      sealed,
      keyVersion,
    ]);
  }

  /** What was refused may be tried anew. */
  async release({ id }: Key): Promise<void> {
    await this.database.query("delete from idempotency_claims where id = $1", [id]);
  }

  /** Under a version that the ring lacks by now, an answer is lost, as one is that was never kept. */
  private open({ sealed, sealed_version: keyVersion }: Row, id: Buffer): string | null {
    if (sealed === null || !this.keyRing.vaultKey(keyVersion)) return null;
    return unseal(this.keyRing, { sealed, keyVersion }, placeOf(id));
  }
}

function placeOf(id: Buffer): string {
  return `idempotency:${id.toString("hex")}`;
}
