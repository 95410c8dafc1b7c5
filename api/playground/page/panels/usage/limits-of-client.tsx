import type { ClientLimits } from "@latchkey/sdk";
import { Instant } from "../instant.js";

/** What a client may call, and what is left of it. */
export function LimitsOfClient({ tpsPerNode, quota, apiKeys }: ClientLimits) {
  return (
    <section>
      <h3>Limits</h3>
      <p>{tpsPerNode === 0 ? "No limit of calls in a second." : `${tpsPerNode} calls in a second, on each node.`}</p>
      {quota ? <Left name="The client" quota={quota} /> : <p className="faint">The client has no quota.</p>}
      {apiKeys.nodes.map(({ id, apiKey, quota: own }) => own && <Left key={id} name={apiKey.name} quota={own} />)}
    </section>
  );
}

type QuotaUsage = NonNullable<ClientLimits["quota"]>;

function Left({
  name,
  quota: { limit, period, used, remaining, resetsAt, exhaustedAt },
}: {
  name: string;
  quota: QuotaUsage;
}) {
  const share = remaining / limit;
  return (
    <div className="left">
      <span>
        <strong>{name}</strong>: {remaining.toLocaleString()} of {limit.toLocaleString()} left
        {period === "TOTAL" ? " in all" : ` in this ${period.toLowerCase()}`}
      </span>
      <meter min={0} max={limit} low={limit / 10} optimum={limit} value={remaining} aria-label={`Left of ${name}`}>
        {Math.round(share * 100)} %
      </meter>
      <span className="faint">
        {used.toLocaleString()} used
        {resetsAt && (
          <>
            , full again <Instant at={resetsAt} />
          </>
        )}
        {exhaustedAt && (
          <>
            ; used up <Instant at={exhaustedAt} /> if calls go on like this
          </>
        )}
      </span>
    </div>
  );
}
