import type { AuditEvent } from "@latchkey/sdk";
import { Instant } from "../instant.js";

interface EventRowProps {
  readonly event: AuditEvent;
  readonly onAbout: (targetId: string) => void;
}

export function EventRow({ event, onAbout }: EventRowProps) {
  const { targetId } = event;
  return (
    <li>
      <details className="event">
        <summary>
          <span className="event-name">{event.event}</span>
          <span className="event-who">{event.actorName ?? event.actorKind.toLowerCase()}</span>
          {event.reason && <span className="event-reason">{event.reason}</span>}
          <Instant at={event.at} />
        </summary>
        <dl className="facts">
          <Fact term="Number" value={event.number?.toString()} />
          <Fact term="Target" value={targetId && `${event.targetKind} ${targetId}`} />
          <Fact term="Address" value={event.address} />
          <Fact term="Request" value={event.requestId} />
          <Fact term="Reference" value={event.transactionRef} />
          <Fact term="Before" value={event.before && <Snapshot of={event.before} />} />
          <Fact term="After" value={event.after && <Snapshot of={event.after} />} />
        </dl>
        {targetId && (
          <button type="button" className="quiet" onClick={() => onAbout(targetId)}>
            All events about this
          </button>
        )}
      </details>
    </li>
  );
}

function Fact({ term, value }: { term: string; value: React.ReactNode }) {
  if (!value) return null;
  return (
    <>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </>
  );
}

function Snapshot({ of }: { of: unknown }) {
  return <pre className="snapshot">{JSON.stringify(of, null, 2)}</pre>;
}
