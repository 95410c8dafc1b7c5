import type { RecentCall } from "@latchkey/sdk";
import { Instant } from "../instant.js";

export function RecentCalls({ calls }: { calls: readonly RecentCall[] }) {
  return (
    <section>
      <h3>Newest calls</h3>
      {calls.length === 0 ? (
        <p className="faint">None are kept.</p>
      ) : (
        <div className="table-frame">
          <table className="table">
            <caption className="out-of-sight">Newest calls</caption>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Verdict</th>
                <th scope="col">Call</th>
                <th scope="col">Client and key</th>
                <th scope="col">From</th>
                <th scope="col">Request</th>
              </tr>
            </thead>
            <tbody>
              {calls.map(({ id, at, code, method, path, soapAction, client, apiKey, address, requestId }) => (
                <tr key={id}>
                  <td>
                    <Instant at={at} />
                  </td>
                  <td>
                    <span className={code === "VALID" ? "chip chip-good" : "chip chip-bad"}>{code}</span>
                  </td>
                  <td>
                    <code>{soapAction ?? [method, path].filter(Boolean).join(" ")}</code>
                  </td>
                  <td>
                    {client?.clientId} <span className="faint">{apiKey?.name}</span>
                  </td>
                  <td>{address}</td>
                  <td>
                    <code>{requestId}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
