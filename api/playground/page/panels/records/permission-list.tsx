import { usePages } from "../use-pages.js";
import { nameOf } from "./callable.js";

const PAGE_SIZE = 20;

export function PermissionList({ apiKeyId }: { apiKeyId: string }) {
  const permissions = usePages(apiKeyId, (latchkey, place, signal) =>
    latchkey.permissions.list({ ...place, apiKeyId, first: PAGE_SIZE }, { signal }),
  );
  if (permissions.totalCount === 0) return <p className="faint">Nothing.</p>;
  return (
    <>
      <div className="table-frame">
        <table className="table">
          <caption className="out-of-sight">APIs that the key may call</caption>
          <thead>
            <tr>
              <th scope="col">Kind</th>
              <th scope="col">API</th>
              <th scope="col">Granted by</th>
            </tr>
          </thead>
          <tbody>
            {permissions.nodes.map(({ api, grantedBy }) => (
              <tr key={api.id}>
                <td>{api.kind}</td>
                <td>
                  <code>{nameOf(api)}</code> <span className="faint">{api.name}</span>
                </td>
                <td>{grantedBy.map(({ kind, name }) => name ?? kind.toLowerCase().replaceAll("_", " ")).join(", ")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {permissions.more && (
        <button type="button" className="more" onClick={permissions.more}>
          Show more of {permissions.totalCount}
        </button>
      )}
    </>
  );
}
