import { type FormEvent, useState } from "react";
import { askServer } from "./ask-server.js";
import { Logo } from "./logo.js";

const REQUEST = `mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
  requestPasswordReset(input: $input)
}`;

const RESET = `mutation ResetPassword($input: ResetPasswordInput!) {
  resetPassword(input: $input)
}`;

const SENT = "If this account exists and has an e-mail address, a link is on its way. It works once, for an hour.";
const DONE = "The new password is set. Every session of the account has ended.";

/** Without a token it asks for a link; with the one of a link it sets a new password. */
export function ResetPassword({ token }: { readonly token: string | null }) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState("");
  const [outcome, setOutcome] = useState("");

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setFailure("");
    const variables = { input: { ...Object.fromEntries(form), ...(token !== null && { token }) } };
    try {
      const { errors } = await askServer({ query: token === null ? REQUEST : RESET, variables });
      const [error] = errors ?? [];
      if (error) setFailure(error.message);
      else setOutcome(token === null ? SENT : DONE);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
    setBusy(false);
  };

  return (
    <main className="welcome">
      <form className="card" onSubmit={(event) => void submit(event)}>
        <h1>
          <Logo />
        </h1>
        <p className="lead">{token === null ? "Get a link to choose a new password." : "Choose a new password."}</p>
        {outcome === "" && (token === null ? <NameField /> : <NewPasswordFields />)}
        <p className={failure ? "message message-failure" : "message"} role="status" aria-live="polite">
          {failure || outcome}
        </p>
        {outcome === "" && (
          <button type="submit" className="primary" disabled={busy}>
            {token === null ? "Send the link" : "Set the password"}
          </button>
        )}
        <a className="link" href="/">
          Sign in
        </a>
      </form>
    </main>
  );
}

function NameField() {
  return (
    <label>
      Name
      <input name="name" autoComplete="username" autoCapitalize="none" spellCheck={false} required autoFocus />
    </label>
  );
}

function NewPasswordFields() {
  return (
    <>
      <label>
        New password
        <input
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={8}
          autoFocus
          aria-describedby="password-hint"
        />
        <small id="password-hint">8 to 128 characters, 5 different ones, without your name.</small>
      </label>
      <label>
        New password again
        <input name="passwordConfirmation" type="password" autoComplete="new-password" required />
      </label>
    </>
  );
}
