import { lazy, Suspense, useCallback, useRef, useState } from "react";
import { Header } from "./header.js";
import { Recollection } from "./recollection.js";
import { forgetSession, keepSession, keptSession, type Session, signOut } from "./session.js";
import { SignIn } from "./sign-in.js";

// The editor is most of the page's weight; the sign-in does not wait for it.
const loadWorkspace = () => import("./workspace.js");
const Workspace = lazy(loadWorkspace);

const recollection = new Recollection(sessionStorage);
const ENDED = "Your session has ended. Sign in again to go on.";

export function App() {
  const [session, setSession] = useState(() => keptSession(new Date()));
  const [notice, setNotice] = useState("");

  const lastName = useRef(session?.name);

  const begin = (started: Session) => {
    if (started.name !== lastName.current) recollection.forget();
    lastName.current = started.name;
    keepSession(started);
    setNotice("");
    setSession(started);
  };
  const leave = (left: Session) => {
    recollection.forget();
    setNotice("You are signed out.");
    setSession(undefined);
    void signOut(left);
  };
  const onSignedOut = useCallback(() => {
    forgetSession();
    setNotice(ENDED);
    setSession(undefined);
  }, []);

  if (!session) {
    return <SignIn notice={notice} onFocus={() => void loadWorkspace()} onSignedIn={begin} />;
  }
  return (
    <>
      <Header session={session} onSignOut={() => leave(session)} />
      <Suspense fallback={<p className="loading">Opening the editor…</p>}>
        <Workspace session={session} recollection={recollection} onSignedOut={onSignedOut} />
      </Suspense>
    </>
  );
}
