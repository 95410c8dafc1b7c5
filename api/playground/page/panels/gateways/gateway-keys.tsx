import { type FormEvent, useState } from "react";
import { Dialog } from "../dialog.js";
import { Instant } from "../instant.js";
import { ShownSecret } from "../shown-secret.js";
import { TextField } from "../text-field.js";
import { useAction } from "../use-action.js";
import { usePages } from "../use-pages.js";

const PAGE_SIZE = 20;

export function GatewayKeys() {
  const keys = usePages("", (latchkey, place, signal) =>
    latchkey.gatewayKeys.list({ ...place, first: PAGE_SIZE, filter: { status: "ACTIVE" } }, { signal }),
  );
  const [isMaking, setMaking] = useState(false);
  const close = () => {
    setMaking(false);
    keys.reload();
  };
  return (
    <section>
      <h3>Gateway keys</h3>
      <p className="faint">For gateways that ask from outside of VERIFY_NETWORKS. {keys.failure}</p>
      {keys.nodes.length > 0 && (
        <div className="table-frame">
          <table className="table">
            <caption className="out-of-sight">Gateway keys in force</caption>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Lookup id</th>
                <th scope="col">Last asked</th>
                <th scope="col">From</th>
                <th scope="col">Expires</th>
              </tr>
            </thead>
            <tbody>
              {keys.nodes.map(({ id, name, lookupId, lastAccessedAt, lastAccessedFrom, expiresAt }) => (
                <tr key={id}>
                  <th scope="row">{name}</th>
                  <td>
                    <code>{lookupId}</code>
                  </td>
                  <td>
                    <Instant at={lastAccessedAt} />
                  </td>
                  <td>{lastAccessedFrom}</td>
                  <td>
                    <Instant at={expiresAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {keys.more && (
        <button type="button" className="more" onClick={keys.more}>
          Show more of {keys.totalCount}
        </button>
      )}
      <p>
        <button type="button" className="act" onClick={() => setMaking(true)}>
          New gateway key
        </button>
      </p>
      {isMaking && <NewGatewayKey onClose={close} />}
    </section>
  );
}

function NewGatewayKey({ onClose }: { onClose: () => void }) {
  const action = useAction();
  const [secret, setSecret] = useState("");
  const create = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = new FormData(event.currentTarget).get("name") as string;
    const made = await action.run((latchkey) => latchkey.gatewayKeys.create({ name }));
    if (made) setSecret(made.secret);
  };
  return (
    <Dialog title="New gateway key" onClose={onClose}>
      {secret ? (
        <>
          <ShownSecret label="Secret" secret={secret} />
          <p>Put it where the recipe says GATEWAY_KEY.</p>
        </>
      ) : (
        <form className="form" onSubmit={(event) => void create(event)}>
          <TextField label="Name" name="name" required maxLength={100} problem={action.problems["name"]} />
          <p className="message message-failure" role="alert">
            {action.failure}
          </p>
          <button type="submit" className="act" disabled={action.busy}>
            Make the gateway key
          </button>
        </form>
      )}
    </Dialog>
  );
}
