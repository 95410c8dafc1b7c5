import type { UsageInput, UsageReport } from "@latchkey/sdk";
import { oneOf } from "../option-values.js";
import type { Facts } from "../output.js";
import type { AddCommands, Work } from "../work.js";

const STEP: Facts<NonNullable<UsageReport["series"]>[number]> = {
  at: ({ at }) => at,
  calls: ({ calls }) => calls,
  allowed: ({ allowed }) => allowed,
  refused: ({ refused }) => refused,
  "by code": ({ byCode }) => byCode.map(({ code, calls }) => `${code} ${calls}`),
};

const TOTALS: Facts<UsageReport> = {
  from: ({ from }) => from,
  until: ({ until }) => until,
  calls: ({ totals }) => totals.calls,
  allowed: ({ totals }) => totals.allowed,
  refused: ({ totals }) => totals.refused,
};

interface Options {
  readonly client?: string;
  readonly key?: string;
  readonly api?: string;
  readonly from?: string;
  readonly until?: string;
  readonly step: UsageInput["step"];
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1_000;

export const addUsage: AddCommands = (program, act) => {
  program
    .command("usage")
    .description("how often was called, step by step; steps without calls are in the JSON only")
    .option("--client <client id or id>", "calls of this client")
    .option("--key <id>", "calls with this key")
    .option("--api <id>", "calls of this API")
    .option("--from <time>", "where the range begins (default: a week before now)")
    .option("--until <time>", "where it ends (default: now)")
    .option("--step <step>", "minute, hour or day", oneOf("MINUTE", "HOUR", "DAY"), "DAY")
    .addHelpText(
      "after",
      "\nExample:\n  npm run latchkey -- usage --client web-shop --from 2026-01-01T00:00:00Z --step day",
    )
    .action(act(usage));
};

async function usage({ latchkey, output, call }: Work, options: Options): Promise<void> {
  const { client: clientId, key: apiKeyId, api: apiId, until, step } = options;
  const from = options.from ?? new Date(Date.now() - WEEK_MS).toISOString();
  const input = { from, until, step, filter: { clientId, apiKeyId, apiId } };
  const report = await (await latchkey()).usage.read({ input }, call);
  await output.thing(report, TOTALS);
  await output.alsoInTable(report.series?.filter(({ calls }) => calls > 0) ?? [], STEP);
}
