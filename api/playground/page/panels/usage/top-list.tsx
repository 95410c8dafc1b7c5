import type { UsageReport } from "@latchkey/sdk";

type Share = NonNullable<UsageReport["topClients"]>[number];

interface TopListProps {
  readonly title: string;
  readonly shares: readonly Share[];
  /** The id of the one that all else is narrowed to; empty where there is none. */
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

/** What had the most calls. Choosing one narrows everything to it, choosing it again widens it. */
export function TopList({ title, shares, chosen, onChoose }: TopListProps) {
  const most = Math.max(1, ...shares.map(({ calls }) => calls));
  return (
    <section className="top-list">
      <h3>{title}</h3>
      {shares.length === 0 && <p className="faint">None.</p>}
      <ol>
        {shares.map(({ id, name, calls, refused }) => (
          <li key={id ?? "none"}>
            <button
              type="button"
              disabled={id === null}
              aria-pressed={chosen !== ""}
              onClick={() => onChoose(chosen === "" ? (id ?? "") : "")}
            >
              <span className="top-name">{name ?? (id === null ? "none" : `${id} (gone)`)}</span>
              <span className="top-calls">
                {calls.toLocaleString()}
                {refused > 0 && <span className="faint">, {refused.toLocaleString()} refused</span>}
              </span>
              <meter min={0} max={most} value={calls} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
