import { Column } from "typeorm";

/** A count, which the driver gives as text because it may be larger than any number. Ours are not. */
export function CountColumn({ nullable = false } = {}): PropertyDecorator {
  return Column({ type: "bigint", nullable, transformer: { to: (count: unknown) => count, from: asNumber } });
}

function asNumber(count: string | number | null): number | null {
  return count === null ? null : Number(count);
}
