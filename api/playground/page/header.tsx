import { Logo } from "./logo.js";
import { Navigation } from "./navigation.js";
import type { Session } from "./session.js";
import type { ViewName } from "./view.js";

interface HeaderProps {
  readonly session: Session;
  readonly view: ViewName;
  readonly onSignOut: () => void;
}

export function Header({ session, view, onSignOut }: HeaderProps) {
  return (
    <header className="bar">
      <h1>
        <Logo /> <span className="bar-place">Playground</span>
      </h1>
      <Navigation current={view} />
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
