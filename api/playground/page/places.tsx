import { lazy, Suspense, useEffect, useState } from "react";
import { panels } from "./panels/panels.js";
import type { Recollection } from "./recollection.js";
import type { Session } from "./session.js";
import type { View } from "./view.js";

// The editor is most of the page's weight; the sign-in does not wait for it.
export const loadWorkspace = () => import("./workspace.js");
const Workspace = lazy(loadWorkspace);

const STORAGE_KEY = "latchkey:beside";

interface PlacesProps {
  readonly view: View;
  readonly session: Session;
  readonly recollection: Recollection;
  readonly onSignedOut: () => void;
}

/** The editor, and a panel in its place or beside it. The editor stays as it is while a panel covers it. */
export function Places({ view, ...workspace }: PlacesProps) {
  const Panel = panels[view.name];
  const [beside, setBeside] = useState(() => localStorage.getItem(STORAGE_KEY) === "yes");
  const isEditorShown = !Panel || beside;
  const [isEditorOpen, setEditorOpen] = useState(isEditorShown);
  useEffect(() => {
    if (isEditorShown) setEditorOpen(true);
  }, [isEditorShown]);

  const place = () => {
    localStorage.setItem(STORAGE_KEY, beside ? "no" : "yes");
    setBeside(!beside);
  };

  return (
    <main className={Panel && beside ? "places places-beside" : "places"}>
      {isEditorOpen && (
        <div className="place-editor" hidden={!isEditorShown}>
          <Suspense fallback={<p className="loading">Opening the editor…</p>}>
            <Workspace {...workspace} />
          </Suspense>
        </div>
      )}
      {Panel && (
        <div className="place-panel">
          <button type="button" className="quiet place-toggle" aria-pressed={beside} onClick={place}>
            Beside the editor
          </button>
          <Suspense fallback={<p className="loading">Opening…</p>}>
            <Panel key={view.name} query={view.query} />
          </Suspense>
        </div>
      )}
    </main>
  );
}
