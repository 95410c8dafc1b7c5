import { Logo } from "./logo.js";
import type { Session } from "./session.js";

export function Header({ session, onSignOut }: { session: Session; onSignOut: () => void }) {
  return (
    <header className="bar">
      <h1>
        <Logo /> <span className="bar-place">Playground</span>
      </h1>
      <p className="who">
        <span className="who-lead">signed in as</span> <strong>{session.name}</strong>
        {session.role && <span className="who-role"> ({session.role})</span>}
      </p>
      <button type="button" className="quiet" onClick={onSignOut}>
        Sign out
      </button>
    </header>
  );
}
