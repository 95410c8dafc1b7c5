import type { UsageReport } from "@latchkey/sdk";
import { replaceView } from "../../view.js";
import { Choice } from "../choice.js";
import { ClientField } from "../client-field.js";
import { Panel } from "../panel.js";
import type { PanelProps } from "../panels.js";
import { useAnswer } from "../use-answer.js";
import { useRepeat } from "../use-repeat.js";
import { chosenIn, FILTERS, filterOf } from "./filters.js";
import { LimitsOfClient } from "./limits-of-client.js";
import { OpenAnomalies } from "./open-anomalies.js";
import { RANGES, rangeOf } from "./ranges.js";
import { RecentCalls } from "./recent-calls.js";
import { TopList } from "./top-list.js";
import { Totals } from "./totals.js";
import { UsageChart } from "./usage-chart.js";

const TOP = 5;
const NEWEST = 10;
const HOUR_MS = 3_600_000;
const ALL_TOP = { topClients: true, topApiKeys: true, topApis: true, topCollections: true, topRegions: true };

export default function UsagePanel({ query }: PanelProps) {
  const range = rangeOf(query.get("range"));
  const chosen = chosenIn(query);
  const key = JSON.stringify([range.value, chosen]);
  const show = (change: Readonly<Record<string, string>>) =>
    replaceView("usage", { ...chosen, range: range.value, ...change });

  const answer = useAnswer(key, async (latchkey, signal) => {
    const filter = filterOf(chosen);
    const from = new Date(Date.now() - range.hours * HOUR_MS).toISOString();
    const { clientId, apiKeyId, apiId } = filter;
    const [usage, limits, calls] = await Promise.all([
      latchkey.usage.read({ input: { from, step: range.step, filter }, first: TOP, ...ALL_TOP }, { signal }),
      chosen.client === "" ? undefined : latchkey.usage.limits({ clientId: chosen.client }, { signal }),
      latchkey.usage.listCalls({ first: NEWEST, filter: { clientId, apiKeyId, apiId } }, { signal }),
    ]);
    return { usage, limits, calls: calls.nodes };
  });
  useRepeat(answer.reload, range.everyMs, !answer.loading);
  const { usage, limits, calls } = answer.data ?? {};

  return (
    <Panel
      title="Usage"
      lead="How often was called, by whom, and with which outcome."
      failure={answer.failure}
      busy={answer.loading}
      tools={
        <>
          <Choice label="Range" value={range.value} options={RANGES} onChoose={(value) => show({ range: value })} />
          <ClientField
            label="Client"
            value={limits?.client.clientId ?? chosen.client}
            onChoose={(client) => show({ client })}
          />
        </>
      }
    >
      <OpenAnomalies clientId={chosen.client} />
      {usage && (
        <>
          <Totals {...usage.totals} />
          <UsageChart series={usage.series ?? []} step={range.step} />
          <div className="top-lists">
            {FILTERS.map(({ name, title }) => (
              <TopList
                key={name}
                title={title}
                shares={sharesOf(usage, name)}
                chosen={chosen[name]}
                onChoose={(id) => show({ [name]: id })}
              />
            ))}
          </div>
        </>
      )}
      {limits ? (
        <LimitsOfClient {...limits} />
      ) : (
        <p className="faint">Choose a client to see its limits and what is left.</p>
      )}
      {calls && <RecentCalls calls={calls} />}
    </Panel>
  );
}

function sharesOf(usage: UsageReport, name: (typeof FILTERS)[number]["name"]) {
  const { topClients, topApiKeys, topApis, topCollections, topRegions } = usage;
  return (
    { client: topClients, key: topApiKeys, api: topApis, collection: topCollections, region: topRegions }[name] ?? []
  );
}
