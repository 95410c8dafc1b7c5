import { invalidInput } from "../errors.js";

/** How many of each thing would be lost, by what a caller calls it. */
export type Losses = Readonly<Record<string, number>>;

/** Refuses a deletion that takes something away from others, unless the caller has confirmed it. */
export function refuseUnconfirmedLoss(thing: string, losses: Losses, confirm: boolean | undefined): void {
  const lost = Object.entries(losses).filter(([, count]) => count > 0);
  if (lost.length === 0 || confirm === true) return;
  const uses = lost.map(([what, count]) => `${count} ${what}`).join(", ");
  throw invalidInput({ path: "confirm", message: `must be true: ${thing} is in use (${uses})` });
}
