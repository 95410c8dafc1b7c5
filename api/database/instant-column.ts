import { Column } from "typeorm";

/** An instant to the millisecond, as JavaScript has it, so that a keyset cursor never falls between two rows. */
export function InstantColumn({ nullable = false } = {}): PropertyDecorator {
  return Column({ type: "timestamptz", precision: 3, nullable });
}
