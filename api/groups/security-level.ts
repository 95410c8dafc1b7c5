import { registerEnumType } from "type-graphql";

/** How sensitive a group is, and how far a client is trusted. */
export enum SecurityLevel {
  A = "A",
  B = "B",
  C = "C",
}

registerEnumType(SecurityLevel, {
  name: "SecurityLevel",
  description: "A is the highest. A client may hold groups of its own level and of lower ones.",
});

/** The levels of groups that a client of this level may hold. */
export function levelsWithin(level: SecurityLevel): readonly SecurityLevel[] {
  // "A" < "B" < "C": the highest level comes first in the alphabet.
  return Object.values(SecurityLevel).filter((each) => each >= level);
}
