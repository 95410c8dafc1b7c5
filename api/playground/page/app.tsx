import { useCallback, useMemo, useRef, useState } from "react";
import { Header } from "./header.js";
import { loadWorkspace, Places } from "./places.js";
import { Recollection } from "./recollection.js";
import { ServerContext, serverOf } from "./server.js";
import { forgetSession, keepSession, keptSession, type Session, signOut } from "./session.js";
import { SignIn } from "./sign-in.js";
import { useView } from "./view.js";

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

  const view = useView();
  const server = useMemo(() => session && serverOf(session, onSignedOut), [session, onSignedOut]);

  if (!session || !server) {
    return <SignIn notice={notice} onFocus={() => void loadWorkspace()} onSignedIn={begin} />;
  }
  return (
    <ServerContext value={server}>
      <Header session={session} view={view.name} onSignOut={() => leave(session)} />
      <Places view={view} session={session} recollection={recollection} onSignedOut={onSignedOut} />
    </ServerContext>
  );
}
