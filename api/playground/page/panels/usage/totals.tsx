import type { UsageReport } from "@latchkey/sdk";

export function Totals({ calls, allowed, refused, byCode }: UsageReport["totals"]) {
  const share = calls === 0 ? "" : `${((100 * refused) / calls).toFixed(1)} %`;
  return (
    <div className="totals">
      <dl>
        <Figure term="Calls" value={calls.toLocaleString()} />
        <Figure term="Allowed" value={allowed.toLocaleString()} />
        <Figure term="Refused" value={refused.toLocaleString()} note={share} />
      </dl>
      <ul aria-label="Refusals">
        {byCode
          .filter(({ code }) => code !== "VALID")
          .map(({ code, calls: times }) => (
            <li key={code}>
              <code>{code}</code> {times.toLocaleString()}
            </li>
          ))}
      </ul>
    </div>
  );
}

function Figure({ term, value, note = "" }: { term: string; value: string; note?: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        {value} {note && <small>{note}</small>}
      </dd>
    </div>
  );
}
