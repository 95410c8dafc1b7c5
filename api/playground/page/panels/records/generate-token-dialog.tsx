import type { ShownToken } from "@latchkey/sdk";
import { type FormEvent, useState } from "react";
import { Dialog } from "../dialog.js";
import { Instant } from "../instant.js";
import { ShownSecret } from "../shown-secret.js";
import { TextField } from "../text-field.js";
import { useAction } from "../use-action.js";
import { useAnswer } from "../use-answer.js";

export function GenerateTokenDialog({ clientId, onClose }: { clientId: string; onClose: () => void }) {
  const action = useAction();
  const [shown, setShown] = useState<ShownToken>();
  const { data: client } = useAnswer(clientId, (latchkey, signal) => latchkey.clients.get({ clientId }, { signal }));

  const generate = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const input = {
      clientId,
      clientSecret: form.get("clientSecret") as string,
      scopes: form.getAll("scopes") as string[],
      save: form.has("save"),
    };
    setShown(await action.run((latchkey) => latchkey.tokens.generate(input)));
  };

  return (
    <Dialog title={`Token for ${clientId}`} onClose={onClose}>
      {shown ? (
        <>
          <ShownSecret label="Access token" secret={shown.secret} />
          {shown.refreshSecret && <ShownSecret label="Refresh token" secret={shown.refreshSecret} />}
          <p>
            Good until <Instant at={shown.token.expiresAt} />.
          </p>
        </>
      ) : (
        <form className="form" onSubmit={(event) => void generate(event)}>
          <TextField
            label="Password of the client"
            name="clientSecret"
            type="password"
            autoComplete="off"
            required
            problem={action.problems["clientSecret"]}
          />
          <fieldset>
            <legend>Scopes: none chosen means all, with the client's own groups besides</legend>
            {client?.scopes.length === 0 && <p className="faint">The client holds no scope.</p>}
            {client?.scopes.map(({ id, name }) => (
              <label key={id} className="check">
                <input type="checkbox" name="scopes" value={name} />
                {name}
              </label>
            ))}
          </fieldset>
          <label className="check">
            <input type="checkbox" name="save" />
            Keep it, encrypted, so that it can be shown again
          </label>
          <p className="message message-failure" role="alert">
            {action.failure}
          </p>
          <button type="submit" className="act" disabled={action.busy}>
            Generate token
          </button>
        </form>
      )}
    </Dialog>
  );
}
