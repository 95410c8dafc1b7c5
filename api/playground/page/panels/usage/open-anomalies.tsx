import { Instant } from "../instant.js";
import { useAnswer } from "../use-answer.js";

const NEWEST = 3;

/** What nobody has seen to yet. Whoever may not read anomalies is told nothing of them. */
export function OpenAnomalies({ clientId }: { clientId: string }) {
  const { data: anomalies } = useAnswer(clientId, (latchkey, signal) =>
    latchkey.anomalies
      .list({ first: NEWEST, filter: { acknowledged: false, clientId: clientId || null } }, { signal })
      .catch(() => undefined),
  );
  if (!anomalies || anomalies.totalCount === 0) return null;
  return (
    <section className="anomalies" aria-label="Anomalies">
      <ul>
        {anomalies.nodes.map(({ id, kind, detectedAt, seen, expected, client, apiKey }) => (
          <li key={id}>
            <span className="chip chip-wait">{kind.toLowerCase().replaceAll("_", " ")}</span> {client?.clientId}{" "}
            {apiKey?.name}: {seen.toLocaleString()} where {expected.toLocaleString()} were expected,{" "}
            <Instant at={detectedAt} />
          </li>
        ))}
      </ul>
      {anomalies.totalCount > NEWEST && <p className="faint">and {anomalies.totalCount - NEWEST} more</p>}
    </section>
  );
}
