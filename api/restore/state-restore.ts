import type { DataSource, EntityManager } from "typeorm";
import { SYSTEM_ACTOR } from "../access/actor.js";
import type { Call } from "../access/call.js";
import { record, recordAll } from "../audit/record.js";
import { type Ask, checkHome, RestoredError, settleHome } from "../database/home.js";
import { newId } from "../database/new-id.js";
import { endAllCredentials } from "./end-all-credentials.js";
import { letOneIn, type OneTimePassword } from "./end-password.js";
import { type Ended, endWhatWasIssued } from "./end-what-was-issued.js";
import { type OldAudit, readOldAudit } from "./old-audit.js";
import { replay } from "./replay.js";
import { RestoreError } from "./restore-error.js";
import type { Taken } from "./taken.js";

/** What an operator says of the time between a backup and its restore. */
export type Statement =
  | { readonly kind: "REVOCATIONS"; readonly lines: AsyncIterable<string> }
  | { readonly kind: "NOTHING_WAS_REVOKED" }
  | { readonly kind: "END_ALL_CREDENTIALS" };

export interface Outcome {
  readonly taken: readonly Taken[];
  readonly ended: Ended;
  readonly oldAudit: OldAudit | undefined;
  readonly oneTimePassword: OneTimePassword | undefined;
}

const NOTHING_ENDED: Ended = { sessions: 0, grants: 0, codes: 0, resetLinks: 0 };
const OPERATOR = { ...SYSTEM_ACTOR, name: "operator of the restore" };

/**
 * Brings a restored database to where nothing is in force that was taken away after its backup, and lets it be served from
 * where it is now: all of it, or nothing. Stating the same again changes nothing.
 */
export function stateRestore(database: DataSource, statement: Statement, adminUserName: string): Promise<Outcome> {
  return database.transaction(async (manager) => {
    const ask: Ask = (text, values) => manager.query(text, values);
    const [clock]: [{ now: Date }] = await manager.query("select date_trunc('milliseconds', clock_timestamp()) as now");
    const { now } = clock;
    const call: Call = { actor: OPERATOR, requestId: newId(now), transactionRef: null, address: null, now };
    const isAway = await isAwayFromHome(ask);
    const outcome = await follow(manager, statement, { isAway, adminUserName, now });
    const { taken, ended, oldAudit } = outcome;
    const isNews = isAway || taken.length > 0 || (oldAudit?.added ?? 0) > 0 || Object.values(ended).some(Boolean);
    if (!isNews) return outcome;

    await settleHome(ask, now);
    if (oldAudit) {
      await manager.query(
        "update database_home set replayed_number = $1, replayed_hash = decode($2, 'hex'), written_in = pg_current_xact_id()",
        [oldAudit.end.number, oldAudit.end.hash],
      );
    }
    const until = oldAudit && { backupEndsAt: oldAudit.common.number, auditEndsAt: oldAudit.end.number };
    const target = { targetKind: "Database", targetId: SYSTEM_ACTOR.id };
    const after = { statement: statement.kind, ...until, takenAway: taken.length, ...ended };
    await record(manager, call, { event: "database.restored", ...target, after });
    await recordAll(manager, call, taken.map(happeningOf));
    return outcome;
  });
}

async function isAwayFromHome(ask: Ask): Promise<boolean> {
  try {
    await checkHome(ask);
    return false;
  } catch (error) {
    if (error instanceof RestoredError) return true;
    throw error;
  }
}

interface Circumstances {
  readonly isAway: boolean;
  readonly adminUserName: string;
  readonly now: Date;
}

async function follow(
  manager: EntityManager,
  statement: Statement,
  { isAway, adminUserName, now }: Circumstances,
): Promise<Outcome> {
  if (statement.kind === "NOTHING_WAS_REVOKED") {
    return { taken: [], ended: NOTHING_ENDED, oldAudit: undefined, oneTimePassword: undefined };
  }
  const oldAudit = statement.kind === "REVOCATIONS" ? await readOldAudit(manager, statement.lines) : undefined;
  if (oldAudit && isAway) refuseOlderThanBackup(oldAudit);
  const taken = oldAudit
    ? await replay(manager, oldAudit.events, now)
    : await endAllCredentials(manager, OPERATOR.name, now);
  const ended = await endWhatWasIssued(manager, OPERATOR.name, now);
  const userIds = taken.filter(({ targetKind, what }) => targetKind === "User" && what.includes("password"));
  const locked = new Set(userIds.map(({ targetId }) => targetId));
  return { taken, ended, oldAudit, oneTimePassword: await letOneIn(manager, locked, adminUserName, now) };
}

/** It can tell nothing of what came after the backup. */
function refuseOlderThanBackup({ end, head }: OldAudit): void {
  if (end.number >= head.number) return;
  throw new RestoreError(
    `The export ends at event ${end.number}, and the backup at ${head.number}: it does not tell what was revoked after ` +
      "the backup. Give a later one, or use --end-all-credentials.",
  );
}

function happeningOf({ targetKind, targetId, name, what, because }: Taken) {
  const reason = because ? `As event ${because.number}, ${because.event} by ${because.actorName}` : null;
  return { event: "restore.tookAway", targetKind, targetId, reason, after: { name, what } };
}
