import type { UsageReport, UsageStep } from "@latchkey/sdk";
import { type CSSProperties, useState } from "react";
import { timeOf } from "./ranges.js";

interface UsageChartProps {
  readonly series: NonNullable<UsageReport["series"]>;
  readonly step: UsageStep;
}

/** So many labels have room. */
const LABELS = 8;

/** A table that is drawn as columns: whoever cannot see them reads it, and whoever wants the figures sees it. */
export function UsageChart({ series, step }: UsageChartProps) {
  const [asTable, setAsTable] = useState(false);
  const most = Math.max(1, ...series.map(({ calls }) => calls));
  const every = Math.ceil(series.length / LABELS);
  const shown = asTable ? series.filter(({ calls }) => calls > 0) : series;
  const chart = "charts-css column multiple stacked show-labels show-primary-axis hide-data data-spacing-1";

  return (
    <figure className="usage-chart">
      <figcaption>
        <span className="key-allowed">Allowed</span>
        <span className="key-refused">Refused</span>
        <span className="faint">
          by the {step.toLowerCase()}, UTC; the highest is {most.toLocaleString()}
        </span>
        <label className="check">
          <input type="checkbox" checked={asTable} onChange={() => setAsTable(!asTable)} />
          As figures
        </label>
      </figcaption>
      <div className={asTable ? "table-frame" : "chart-frame"}>
        <table className={asTable ? "table" : chart}>
          <caption className="out-of-sight">Calls by the {step.toLowerCase()}, UTC</caption>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Allowed</th>
              <th scope="col">Refused</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ at, allowed, refused }, place) => (
              <tr key={at} title={`${timeOf(at, step)}: ${allowed} allowed, ${refused} refused`}>
                <th scope="row" className={asTable ? undefined : labelAt(place / every)}>
                  {timeOf(at, step)}
                </th>
                <Cell kind="allowed" calls={allowed} most={most} />
                <Cell kind="refused" calls={refused} most={most} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

/** On a phone every second label has room. */
function labelAt(place: number): string | undefined {
  if (!Number.isInteger(place)) return "hide-label";
  return place % 2 === 0 ? undefined : "label-on-wide";
}

function Cell({ kind, calls, most }: { kind: string; calls: number; most: number }) {
  return (
    <td className={`number ${kind}`} style={{ "--size": calls / most } as CSSProperties}>
      <span className="data">{calls}</span>
    </td>
  );
}
