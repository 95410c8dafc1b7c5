import type { AccessRecord } from "@latchkey/sdk";
import { Instant } from "../instant.js";
import { Callable } from "./callable.js";
import { StatusChip } from "./status-chip.js";

interface RecordTableProps {
  readonly records: readonly AccessRecord[];
  readonly onKey: (record: AccessRecord) => void;
  readonly onToken: (record: AccessRecord) => void;
}

export function RecordTable({ records, onKey, onToken }: RecordTableProps) {
  if (records.length === 0) return null;
  return (
    <div className="table-frame">
      <table className="table records">
        <caption className="out-of-sight">Keys of clients and what they may call</caption>
        <thead>
          <tr>
            <th scope="col">Client and key</th>
            <th scope="col">Status</th>
            <th scope="col">Last used</th>
            <th scope="col">REST</th>
            <th scope="col">SOAP</th>
            <th scope="col">
              <span className="out-of-sight">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <Row key={record.id} record={record} onKey={onKey} onToken={onToken} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps extends Omit<RecordTableProps, "records"> {
  readonly record: AccessRecord;
}

function Row({ record, onKey, onToken }: RowProps) {
  const { clientId, userName, apiKey, maskedKey, status, lastAccessedAt, restPermissions, soapPermissions } = record;
  const key = `${apiKey.name} of ${clientId}`;
  return (
    <tr>
      <th scope="row">
        <strong>{clientId}</strong>
        <span>{apiKey.name}</span>
        <code>{maskedKey}</code>
        <span className="faint">made by {userName}</span>
      </th>
      <td>
        <StatusChip status={status} />
      </td>
      <td>
        <Instant at={lastAccessedAt} />
      </td>
      <td>
        <Callable permissions={restPermissions} />
      </td>
      <td>
        <Callable permissions={soapPermissions} />
      </td>
      <td className="row-actions">
        <button type="button" className="quiet" aria-label={`View more: ${key}`} onClick={() => onKey(record)}>
          View more
        </button>
        <button type="button" className="quiet" aria-label={`Generate token: ${key}`} onClick={() => onToken(record)}>
          Generate token
        </button>
      </td>
    </tr>
  );
}
