import type { ApiKey, CreatedApiKey, Latchkey } from "@latchkey/sdk";
import { type FormEvent, useState } from "react";
import { TextField } from "../text-field.js";
import { useAction } from "../use-action.js";

interface KeyActionsProps {
  readonly apiKey: ApiKey;
  readonly onChanged: () => void;
  readonly onRotated: (rotated: CreatedApiKey) => void;
}

export function KeyActions({ apiKey: { id, status }, onChanged, onRotated }: KeyActionsProps) {
  const action = useAction();
  const [isRevoking, setRevoking] = useState(false);
  if (status === "REVOKED" || status === "EXPIRED") return null;

  const change = async (todo: (latchkey: Latchkey) => Promise<unknown>) => {
    if ((await action.run(todo)) !== undefined) onChanged();
  };
  const rotate = () =>
    change(async (latchkey) => {
      const rotated = await latchkey.keys.rotate({ id });
      onRotated(rotated);
      return rotated;
    });
  const revoke = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = new FormData(event.currentTarget).get("reason") as string;
    void change((latchkey) => latchkey.keys.revoke({ id, reason }));
  };

  return (
    <div className="key-actions">
      <button type="button" className="quiet" disabled={action.busy} onClick={() => void rotate()}>
        Rotate
      </button>
      {status === "ROTATING" && (
        <button
          type="button"
          className="quiet"
          disabled={action.busy}
          onClick={() => void change((latchkey) => latchkey.keys.finishRotation(id))}
        >
          Finish the rotation
        </button>
      )}
      {status === "DISABLED" ? (
        <button
          type="button"
          className="quiet"
          disabled={action.busy}
          onClick={() => void change((latchkey) => latchkey.keys.enable(id))}
        >
          Enable
        </button>
      ) : (
        <button
          type="button"
          className="quiet"
          disabled={action.busy}
          onClick={() => void change((latchkey) => latchkey.keys.disable(id))}
        >
          Disable
        </button>
      )}
      {isRevoking ? (
        <form className="form revoke" onSubmit={revoke}>
          <TextField label="Why it ends" name="reason" required autoFocus problem={action.problems["reason"]} />
          <button type="submit" className="act act-danger" disabled={action.busy}>
            Revoke for good
          </button>
        </form>
      ) : (
        <button type="button" className="quiet" disabled={action.busy} onClick={() => setRevoking(true)}>
          Revoke…
        </button>
      )}
      <p className="message message-failure" role="alert">
        {action.failure}
      </p>
    </div>
  );
}
