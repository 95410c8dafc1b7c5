import type { AccessRecord, CreatedApiKey } from "@latchkey/sdk";
import { useState } from "react";
import { addressOf } from "../../view.js";
import { Dialog } from "../dialog.js";
import { Instant } from "../instant.js";
import { useAnswer } from "../use-answer.js";
import { KeyActions } from "./key-actions.js";
import { MadeKey } from "./made-key.js";
import { PermissionList } from "./permission-list.js";
import { SamplesOfKey } from "./samples-of-key.js";
import { StatusChip } from "./status-chip.js";
import { TokensOfClient } from "./tokens-of-client.js";

/** All about one key. */
export function KeyDialog({ record, onClose }: { record: AccessRecord; onClose: () => void }) {
  const { id } = record.apiKey;
  const { data, reload, failure } = useAnswer(id, (latchkey, signal) => latchkey.keys.get(id, { signal }));
  const [rotated, setRotated] = useState<CreatedApiKey>();
  const key = data ?? record.apiKey;

  return (
    <Dialog title={`${key.name} of ${record.clientId}`} onClose={onClose}>
      <p className="message message-failure" role="alert">
        {failure}
      </p>
      {rotated && <MadeKey made={rotated} />}
      <dl className="facts">
        <dt>Status</dt>
        <dd>
          <StatusChip status={key.status} />
        </dd>
        <dt>Key</dt>
        <dd>
          <code>{record.maskedKey}</code>
        </dd>
        <dt>Groups</dt>
        <dd>{key.groups.map(({ name }) => name).join(", ") || "none"}</dd>
        <dt>Quota</dt>
        <dd>
          {key.quota ? `${key.quota.limit.toLocaleString()} a ${key.quota.period.toLowerCase()}` : "its client's"}
        </dd>
        <dt>In force</dt>
        <dd>
          <Instant at={key.effectiveAt} /> to <Instant at={key.expiresAt} />
        </dd>
        <dt>Last used</dt>
        <dd>
          <Instant at={key.lastAccessedAt} /> {key.lastAccessedFrom && `from ${key.lastAccessedFrom}`}
        </dd>
        <dt>Made</dt>
        <dd>
          <Instant at={key.createdAt} /> by {key.createdBy}
        </dd>
        {key.revokedAt && (
          <>
            <dt>Revoked</dt>
            <dd>
              <Instant at={key.revokedAt} /> by {key.revokedBy}: {key.revocationReason}
            </dd>
          </>
        )}
        {key.tags.length > 0 && (
          <>
            <dt>Tags</dt>
            <dd>{key.tags.join(", ")}</dd>
          </>
        )}
        {key.description && (
          <>
            <dt>Description</dt>
            <dd>{key.description}</dd>
          </>
        )}
      </dl>
      <KeyActions apiKey={key} onChanged={reload} onRotated={setRotated} />
      <p>
        <a href={addressOf("audit", { targetId: id })}>Its history in the audit</a>
      </p>
      <h3>May call</h3>
      <PermissionList apiKeyId={id} />
      <h3>Tokens of its client</h3>
      <TokensOfClient clientId={record.clientId} />
      {!rotated && (
        <>
          <h3>How to call with it</h3>
          <SamplesOfKey id={id} />
        </>
      )}
    </Dialog>
  );
}
