import type { Latchkey } from "@latchkey/sdk";
import { type SeededKey, seedKey } from "../support/seed.js";
import type { World } from "../support/world.js";

type ClientChanges = Omit<Parameters<Latchkey["clients"]["update"]>[0], "id">;
type KeyChanges = Partial<Parameters<Latchkey["keys"]["create"]>[0]>;

/** A client's key with limits. */
export async function seedLimitedKey(world: World, client: ClientChanges, key: KeyChanges = {}): Promise<SeededKey> {
  const seeded = await seedKey(world, key);
  await world.latchkey.clients.update({ id: seeded.client.id, ...client });
  return seeded;
}

/** The codes of so many calls that are judged at one time. */
export async function codesAtOnce(
  { latchkey }: World,
  count: number,
  demand: Parameters<Latchkey["verify"]>[0],
): Promise<string[]> {
  const verdicts = await latchkey.verifyBatch(Array.from({ length: count }, () => demand));
  return verdicts.map(({ code }) => code);
}

/** So many of the one, then so many of the other. */
export function first(count: number, code: string, others: number, otherCode: string): string[] {
  return [...Array<string>(count).fill(code), ...Array<string>(others).fill(otherCode)];
}
