import type { EntityManager, EntityTarget, ObjectLiteral } from "typeorm";
import type { Call } from "../access/call.js";
import { difference, type Happening, record } from "./record.js";

type Updatable = ObjectLiteral & { id: string; updatedAt: Date };

/**
 * Changes a row that the transaction holds locked, with its audit event. Fields that already have the wanted value are
 * no change. `happening` may tell what the transaction has changed beside the row; when nothing is changed at all,
 * nothing is written.
 */
export async function changeAndRecord<T extends Updatable>(
  manager: EntityManager,
  call: Call,
  Entity: EntityTarget<T>,
  row: T,
  changes: Partial<T>,
  happening: Omit<Happening, "targetId">,
): Promise<T> {
  const changed = difference(row, changes);
  const before = { ...changed.before, ...happening.before };
  const after = { ...changed.after, ...happening.after };
  if (Object.keys(before).length + Object.keys(after).length === 0) return row;

  const update = { ...changes, updatedAt: call.now };
  await manager.update(Entity as EntityTarget<Updatable>, { id: row.id }, update);
  await record(manager, call, { ...happening, targetId: row.id, before, after });
  return Object.assign(row, update);
}
