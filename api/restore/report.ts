import type { ChainedEvent } from "../audit/chained-event.js";
import type { Outcome } from "./state-restore.js";
import type { Taken } from "./taken.js";

/** What an operator reads after the statement, line by line. */
export function reportOf({ taken, ended, oldAudit, oneTimePassword }: Outcome): string {
  const lines: string[] = [];
  if (oldAudit) {
    const { common, end, added, fresh } = oldAudit;
    lines.push(`The backup and the export have event ${common.number} in common; the export ends at ${end.number}.`);
    if (added > 0) lines.push(`${added} events were added to the audit, which goes on from there.`);
    else if (fresh > 0) lines.push("The audit has gone on by itself since: keep the export beside it.");
  }
  if (taken.length > 0) lines.push("", ...tableOf(taken), "");
  lines.push(
    `${taken.length} taken away. Ended: ${ended.sessions} sessions, ${ended.grants} grants with their tokens, ` +
      `${ended.codes} authorization codes, ${ended.resetLinks} links to reset a password.`,
  );
  const lost = oldAudit ? madeSince(oldAudit.events) : "";
  if (lost) lines.push(`Made after the backup, and lost: ${lost}.`);
  if (oneTimePassword) {
    const { userName, password } = oneTimePassword;
    lines.push("", `No administrator could sign in. "${userName}" can, once, with the password ${password}`);
    lines.push("It is shown only now, and has to be changed at once.", "");
  }
  lines.push("Nodes may serve this database.");
  return lines.join("\n");
}

/** How many things of each kind; each is told by one event of its own. */
function madeSince(events: readonly ChainedEvent[]): string {
  const counts = new Map<string, number>();
  for (const { event, targetKind } of events) {
    if (/\.(?:created|drafted)$/.test(event)) counts.set(targetKind, (counts.get(targetKind) ?? 0) + 1);
  }
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(", ");
}

const HEAD = ["what", "which", "now", "because of"] as const;

function tableOf(taken: readonly Taken[]): string[] {
  const rows = taken.map(({ targetKind, targetId, name, what, because }) => [
    targetKind,
    `${name} ${targetId}`,
    what,
    because ? `${because.event} by ${because.actorName}, ${because.at}` : "all of its kind",
  ]);
  const widths = HEAD.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [HEAD, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
