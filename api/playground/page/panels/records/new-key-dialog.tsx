import type { CreateApiKeyInput, CreatedApiKey } from "@latchkey/sdk";
import { type FormEvent, useState } from "react";
import { ClientField } from "../client-field.js";
import { Dialog } from "../dialog.js";
import { TextField } from "../text-field.js";
import { type Action, useAction } from "../use-action.js";
import { useAnswer } from "../use-answer.js";
import { MadeKey } from "./made-key.js";

export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<CreatedApiKey>();
  return (
    <Dialog title={made ? `Key ${made.apiKey.name}` : "New key"} onClose={onClose}>
      {made ? <MadeKey made={made} /> : <NewKeyForm onMade={setMade} />}
    </Dialog>
  );
}

const DAY_MS = 86_400_000;
const LIFE_DAYS = 90;

function NewKeyForm({ onMade }: { onMade: (made: CreatedApiKey) => void }) {
  const action = useAction();
  const [clientId, setClientId] = useState("");

  const create = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const input = inputOf(new FormData(event.currentTarget), clientId);
    const made = await action.run((latchkey) => latchkey.keys.create(input));
    if (made) onMade(made);
  };

  return (
    <form className="form" onSubmit={(event) => void create(event)}>
      <ClientField
        label="Client"
        value={clientId}
        required
        problem={action.problems["clientId"]}
        onChoose={setClientId}
      />
      <TextField label="Name" name="name" required maxLength={100} problem={action.problems["name"]} />
      <GroupChoices clientId={clientId} action={action} />
      <TextField
        label="Last day"
        name="expiresAt"
        type="date"
        required
        defaultValue={new Date(Date.now() + LIFE_DAYS * DAY_MS).toISOString().slice(0, 10)}
        problem={action.problems["expiresAt"]}
      />
      <TextField
        label="Calls in a month"
        name="quota"
        type="number"
        min={1}
        max={2_000_000_000}
        hint="Left empty: what its client may."
        problem={action.problems["quota"]}
      />
      <label className="check">
        <input type="checkbox" name="recoverable" />
        Keep the secret, encrypted, so that it can be shown again
      </label>
      <p className="message message-failure" role="alert">
        {action.failure}
      </p>
      <button type="submit" className="act" disabled={action.busy}>
        {action.busy ? "Making the key…" : "Make the key"}
      </button>
    </form>
  );
}

/** A key holds groups of its client, and no others. */
function GroupChoices({ clientId, action }: { clientId: string; action: Action }) {
  const { data, failure } = useAnswer(clientId, async (latchkey, signal) =>
    clientId === "" ? undefined : latchkey.clients.get({ clientId }, { signal }),
  );
  const client = data?.clientId === clientId ? data : undefined;
  const problem = action.problems["groupIds"];
  return (
    <fieldset>
      <legend>Authority groups</legend>
      {!client && <p className="faint">{failure || "Choose the client first."}</p>}
      {client?.groups.length === 0 && <p className="faint">The client holds no group: give it one first.</p>}
      {client?.groups.map(({ id, name }) => (
        <label key={id} className="check">
          <input type="checkbox" name="groupIds" value={id} defaultChecked />
          {name}
        </label>
      ))}
      {problem && <small className="problem">{problem}</small>}
    </fieldset>
  );
}

function inputOf(form: FormData, clientId: string): CreateApiKeyInput {
  const quota = Number(form.get("quota"));
  return {
    clientId,
    name: form.get("name") as string,
    groupIds: form.getAll("groupIds") as string[],
    expiresAt: form.get("expiresAt") as string,
    recoverable: form.has("recoverable"),
    ...(quota > 0 && { quota: { limit: quota, period: "MONTH" } }),
  };
}
