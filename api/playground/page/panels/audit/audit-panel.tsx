import { useState } from "react";
import { replaceView } from "../../view.js";
import { Panel } from "../panel.js";
import type { PanelProps } from "../panels.js";
import { SearchField } from "../search-field.js";
import { usePages } from "../use-pages.js";
import { useRepeat } from "../use-repeat.js";
import { EventRow } from "./event-row.js";

const PAGE_SIZE = 50;
const LOOK_EVERY_MS = 2_000;

export default function AuditPanel({ query }: PanelProps) {
  const [following, setFollowing] = useState(true);
  const search = query.get("search") ?? "";
  const event = query.get("event") ?? "";
  const targetId = query.get("targetId") ?? "";
  const show = (change: Readonly<Record<string, string>>) =>
    replaceView("audit", { search, event, targetId, ...change });

  const events = usePages(JSON.stringify([search, event, targetId]), (latchkey, place, signal) =>
    latchkey.audit.list(
      {
        ...place,
        first: PAGE_SIZE,
        search: search || null,
        filter: { event: event || null, targetId: targetId || null },
      },
      { signal },
    ),
  );
  useRepeat(events.reload, LOOK_EVERY_MS, following && !events.loading);

  const readOlder = () => {
    // What is read again begins with the newest, and would take the older ones away.
    setFollowing(false);
    events.more?.();
  };

  return (
    <Panel
      title="Audit"
      lead="Who did what, when, from where and why, newest first."
      failure={events.failure}
      busy={events.loading}
      tools={
        <>
          <SearchField
            label="Search"
            hint="actor, target, reason"
            value={search}
            onSearch={(text) => show({ search: text })}
          />
          <SearchField
            label="Event"
            hint="apiKey.revoked"
            value={event}
            onSearch={(text) => show({ event: text.trim() })}
          />
          <label className="check">
            <input type="checkbox" checked={following} onChange={() => setFollowing(!following)} />
            Follow
          </label>
          {targetId && (
            <button type="button" className="quiet" onClick={() => show({ targetId: "" })}>
              About everything again
            </button>
          )}
        </>
      }
    >
      <ol className="events" aria-label="Events">
        {events.nodes.map((each) => (
          <EventRow key={each.id} event={each} onAbout={(id) => show({ targetId: id })} />
        ))}
      </ol>
      {events.totalCount === 0 && <p className="nothing">No event answers this search.</p>}
      {events.more && (
        <button type="button" className="more" onClick={readOlder}>
          Show older
        </button>
      )}
    </Panel>
  );
}
