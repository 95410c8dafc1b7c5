import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { invalidInput } from "../errors.js";
import {
  type StepCount,
  Usage,
  UsageDimension,
  type UsageInput,
  type UsageOfCode,
  type UsagePoint,
  type UsageShare,
  type UsageTotals,
} from "./usage.types.js";
import { readUsageFilter } from "./usage-filter.js";
import { NOBODY, usageReach } from "./usage-reach.js";
import { usageRows } from "./usage-rows.js";
import { inWholeSteps, STEPS, type StepRange, stepsIn } from "./usage-step.js";

const ALLOWED = "VALID";
const FROM_MIN = new Date("2000-01-01T00:00:00Z");

const COLUMNS: Readonly<Record<UsageDimension, string>> = {
  [UsageDimension.CLIENT]: "client_id",
  [UsageDimension.API_KEY]: "api_key_id",
  [UsageDimension.API]: "api_id",
  [UsageDimension.COLLECTION]: "collection_id",
  [UsageDimension.REGION]: "region_id",
  [UsageDimension.CODE]: "code",
};

/** How often was called (8.1), read from the roll-ups: one statement for totals and series, one for each top list. */
export class UsageService {
  constructor(private readonly database: DataSource) {}

  async ask({ actor, now }: Call, input: UsageInput): Promise<Usage> {
    const range = readRange(input, now);
    const filter = input.filter ? await readUsageFilter(this.database, actor, input.filter) : [];
    const conditions = [...usageReach(actor), ...filter];
    return Object.assign(new Usage(), { ...range, conditions, counts: undefined });
  }

  async totals(usage: Usage): Promise<UsageTotals> {
    const byCode = byCodeOf(await this.countsOf(usage));
    return { ...countsOf(byCode), byCode };
  }

  async series(usage: Usage): Promise<UsagePoint[]> {
    const counts = await this.countsOf(usage);
    const codes = byCodeOf(counts).map(({ code }) => code);
    const found = new Map(counts.map(({ atMs, code, calls }) => [`${atMs} ${code}`, calls]));
    return stepsIn(usage).map((at) => {
      const byCode = codes.map((code) => ({ code, calls: found.get(`${at.getTime()} ${code}`) ?? 0 }));
      return { at, ...countsOf(byCode), byCode };
    });
  }

  async top(usage: Usage, dimension: UsageDimension, first: number): Promise<UsageShare[]> {
    const { text, values } = usageRows(usage);
    const rows: { id: string; calls: string; allowed: string }[] = await this.database.query(
      `select ${COLUMNS[dimension]}::text as id, sum(calls) as calls,
         coalesce(sum(calls) filter (where code = '${ALLOWED}'), 0) as allowed
       from (${text}) u group by ${COLUMNS[dimension]} having sum(calls) > 0
       order by calls desc, id limit $${values.push(first)}`,
      values,
    );
    return rows.map(({ id, ...row }) => {
      const calls = Number(row.calls);
      const allowed = Number(row.allowed);
      return { dimension, id: id === NOBODY ? null : id, calls, allowed, refused: calls - allowed };
    });
  }

  private countsOf(usage: Usage): Promise<readonly StepCount[]> {
    usage.counts ??= this.readCounts(usage);
    return usage.counts;
  }

  private async readCounts(usage: Usage): Promise<readonly StepCount[]> {
    const { text, values } = usageRows(usage);
    const rows: { at: Date; code: string; calls: string }[] = await this.database.query(
      `select at, code, sum(calls) as calls from (${text}) u group by at, code`,
      values,
    );
    return rows.map(({ at, code, calls }) => ({ atMs: at.getTime(), code, calls: Number(calls) }));
  }
}

function readRange({ from, until, step }: UsageInput, now: Date): StepRange {
  const { max, words } = STEPS[step];
  if (from < FROM_MIN) throw invalidInput({ path: "from", message: "must not be before 2000" });
  const end = until ?? now;
  if (end <= from) {
    const path = until ? "until" : "from";
    throw invalidInput({ path, message: until ? "must be after from" : "must be in the past, or until be given" });
  }
  const steps = (end.getTime() - from.getTime()) / STEPS[step].ms;
  if (steps > max) throw invalidInput({ path: "from", message: `a range may have at most ${words}` });
  return inWholeSteps(step, from, end);
}

/** Most first. What was given back counts no longer. */
function byCodeOf(counts: readonly StepCount[]): UsageOfCode[] {
  const sums = new Map<string, number>();
  for (const { code, calls } of counts) sums.set(code, (sums.get(code) ?? 0) + calls);
  return [...sums]
    .map(([code, calls]) => ({ code, calls }))
    .filter(({ calls }) => calls > 0)
    .sort((a, b) => b.calls - a.calls || (a.code < b.code ? -1 : 1));
}

function countsOf(byCode: readonly UsageOfCode[]) {
  const calls = byCode.reduce((sum, each) => sum + each.calls, 0);
  const allowed = byCode.find(({ code }) => code === ALLOWED)?.calls ?? 0;
  return { calls, allowed, refused: calls - allowed };
}
