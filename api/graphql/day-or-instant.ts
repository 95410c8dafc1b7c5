import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import { GraphQLDateTimeISO } from "graphql-scalars";
import { Temporal } from "temporal-polyfill";
import type { DayOrInstant } from "../clients/whole-day.js";

const RULE = "must be an ISO 8601 instant such as 2027-01-31T12:00:00Z, or a day such as 2027-01-31, to the year 9999";

export const DayOrInstantScalar = new GraphQLScalarType<DayOrInstant, never>({
  name: "DayOrInstant",
  description:
    "An instant (ISO 8601 with an offset, such as `2027-01-31T12:00:00Z`), or a day (`2027-01-31`), which means the " +
    "whole day in the owner's time zone: its first instant as a start, its last as an end. Input only.",
  parseValue: read,
  parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : undefined),
  serialize: () => {
    throw new GraphQLError("DayOrInstant is an input type.");
  },
});

function read(value: unknown): DayOrInstant {
  if (typeof value !== "string" || value.length > 40) throw new GraphQLError(RULE);
  try {
    if (/^(?!0000)\d{4}-\d\d-\d\d$/.test(value)) return { day: Temporal.PlainDate.from(value).toString() };
    return { instant: withinYears(GraphQLDateTimeISO.parseValue(value)) };
  } catch {
    throw new GraphQLError(RULE);
  }
}

function withinYears(instant: Date): Date {
  const year = instant.getUTCFullYear();
  if (year < 1 || year > 9999) throw new GraphQLError(RULE);
  return instant;
}
