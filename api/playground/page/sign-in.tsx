import { type FormEvent, useState } from "react";
import { Logo } from "./logo.js";
import { type Session, signIn, signInWithApiKey } from "./session.js";

interface SignInProps {
  readonly notice: string;
  readonly onFocus: () => void;
  readonly onSignedIn: (session: Session) => void;
}

export function SignIn({ notice, onFocus, onSignedIn }: SignInProps) {
  const [withApiKey, setWithApiKey] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState("");

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => form.get(name) as string;
    setBusy(true);
    setFailure("");
    try {
      const started = withApiKey ? signInWithApiKey(text("apiKey").trim()) : signIn(text("name"), text("password"));
      onSignedIn(await started);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };

  return (
    <main className="welcome">
      <form className="card" onSubmit={(event) => void submit(event)} onFocus={onFocus}>
        <h1>
          <Logo />
        </h1>
        <p className="lead">Sign in to explore the API and run it.</p>
        {withApiKey ? <ApiKeyField /> : <PasswordFields />}
        <p className={failure ? "message message-failure" : "message"} role="status" aria-live="polite">
          {failure || (busy ? "" : notice)}
        </p>
        <button type="submit" className="primary" disabled={busy}>
          {busy ? "Signing in…" : "Sign in"}
        </button>
        <button type="button" className="link" onClick={() => setWithApiKey(!withApiKey)}>
          {withApiKey ? "Use a name and password" : "Use an API key"}
        </button>
        {!withApiKey && (
          <a className="link" href="/reset-password">
            Forgot the password?
          </a>
        )}
      </form>
    </main>
  );
}

function PasswordFields() {
  return (
    <>
      <label>
        Name
        <input name="name" autoComplete="username" autoCapitalize="none" spellCheck={false} required autoFocus />
      </label>
      <label>
        Password
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
    </>
  );
}

function ApiKeyField() {
  return (
    <label>
      API key
      <input name="apiKey" type="password" autoComplete="off" required autoFocus aria-describedby="api-key-hint" />
      <small id="api-key-hint">Kept in memory only: reloading the page forgets it.</small>
    </label>
  );
}
