import type { CreatedApiKey } from "@latchkey/sdk";
import { useState } from "react";
import { addressOf } from "../../view.js";
import { ShownSecret } from "../shown-secret.js";
import { useAction } from "../use-action.js";
import { nameOf } from "./callable.js";
import { SamplesOfKey } from "./samples-of-key.js";

/** A key that was just made or rotated, with its secret. */
export function MadeKey({ made: { apiKey, secret } }: { made: CreatedApiKey }) {
  return (
    <>
      <ShownSecret label="Secret" secret={secret} />
      <TryIt apiKeyId={apiKey.id} clientId={apiKey.owner.name} secret={secret} />
      <h3>How to call with it</h3>
      <SamplesOfKey id={apiKey.id} />
    </>
  );
}

interface TryItProps {
  readonly apiKeyId: string;
  readonly clientId: string;
  readonly secret: string;
}

/** Asks for a verdict as a gateway would, which counts as a call. */
function TryIt({ apiKeyId, clientId, secret }: TryItProps) {
  const action = useAction();
  const [said, setSaid] = useState("");

  const ask = () =>
    action.run(async (latchkey) => {
      const { nodes } = await latchkey.permissions.list({ apiKeyId, first: 1 });
      const api = nodes[0]?.api;
      const call = api && { collection: api.collectionId, ...callOf(api) };
      const { code, message } = await latchkey.verifyCredential({ credential: secret, ...(call && { api: call }) });
      setSaid(`${api ? nameOf(api) : "Without an API"}: ${code}${message ? `. ${message}` : ""}`);
    });

  return (
    <div className="try">
      <button type="button" className="act" disabled={action.busy} onClick={() => void ask()}>
        Ask for a verdict
      </button>
      <p role="status">
        {action.failure || said}
        {said && (
          <>
            {" "}
            <a href={addressOf("usage", { client: clientId })}>See it in the usage</a>
          </>
        )}
      </p>
    </div>
  );
}

interface Called {
  readonly method: string | null;
  readonly path: string | null;
  readonly soapAction: string | null;
  readonly operation: string | null;
}

function callOf({ method, path, soapAction, operation }: Called) {
  // Any value will do where the template has a parameter.
  if (method !== null && path !== null) return { method, path: path.replace(/\{[^}]*\}/g, "1") };
  return { soapAction: soapAction ?? operation };
}
