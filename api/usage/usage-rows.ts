import { type StepRange, UsageStep } from "./usage-step.js";

/** A condition over the columns of the roll-ups; `$` stands for its value. */
export type UsageCondition = readonly [sql: string, ...value: unknown[]];

export interface UsageQuestion extends StepRange {
  readonly conditions: readonly UsageCondition[];
}

const COLUMNS = "client_id, api_key_id, api_id, collection_id, region_id, code, calls";

const TABLES = {
  [UsageStep.HOUR]: ["usage_hours", "hour"],
  [UsageStep.DAY]: ["usage_days", "day"],
} as const;

/**
 * The counts of a range as a subquery with its parameters: of whole hours or days, and of the last minutes, which are not
 * part of theirs yet. One statement sees both as they were at one moment.
 */
export function usageRows({ step, from, until, conditions }: UsageQuestion): { text: string; values: unknown[] } {
  const values: unknown[] = [from, until];
  const where = conditions
    .map(([sql, ...given]) => sql.replaceAll("$", () => `$${values.push(...given)}`))
    .map((condition) => ` and ${condition}`)
    .join("");
  if (step === UsageStep.MINUTE) {
    return {
      text: `select minute as at, ${COLUMNS} from usage_minutes where minute >= $1 and minute < $2${where}`,
      values,
    };
  }
  const [table, column] = TABLES[step];
  const text = `
    select ${column} as at, ${COLUMNS} from ${table} where ${column} >= $1 and ${column} < $2${where}
    union all
    select date_trunc('${column}', minute, 'UTC'), ${COLUMNS} from usage_minutes
    where minute >= greatest($1, (select folded_until from usage_folding)) and minute < $2${where}`;
  return { text, values };
}
