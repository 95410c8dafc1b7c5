import type { AccessRecord, ApiKeyOrderField } from "@latchkey/sdk";
import { useState } from "react";
import { replaceView } from "../../view.js";
import { Choice } from "../choice.js";
import { Panel } from "../panel.js";
import type { PanelProps } from "../panels.js";
import { PlaceChoices } from "../place-choices.js";
import { SearchField } from "../search-field.js";
import { usePages } from "../use-pages.js";
import { GenerateTokenDialog } from "./generate-token-dialog.js";
import { KeyDialog } from "./key-dialog.js";
import { NewKeyDialog } from "./new-key-dialog.js";
import { RecordTable } from "./record-table.js";

const PAGE_SIZE = 20;
/** Of each kind; the rest stands in the dialog. */
const PERMISSIONS = 3;

const ORDERS: readonly { readonly value: ApiKeyOrderField; readonly title: string }[] = [
  { value: "CREATED_AT", title: "Newest" },
  { value: "LAST_ACCESSED_AT", title: "Last used" },
  { value: "NAME", title: "Name" },
  { value: "EXPIRES_AT", title: "Expiry" },
];

type Open =
  | { readonly dialog: "key" | "token"; readonly record: AccessRecord }
  | { readonly dialog: "new-key" }
  | undefined;

export default function RecordsPanel({ query }: PanelProps) {
  const [open, setOpen] = useState<Open>();
  const of = (name: string) => query.get(name) ?? "";
  const shown = { region: of("region"), collection: of("collection"), search: of("search"), order: of("order") };
  const show = (change: Partial<typeof shown>) => replaceView("records", { ...shown, ...change });
  const order = ORDERS.find(({ value }) => value === shown.order)?.value ?? "CREATED_AT";

  const records = usePages(JSON.stringify(shown), (latchkey, place, signal) =>
    latchkey.records.list(
      {
        ...place,
        first: PAGE_SIZE,
        regionId: shown.region || null,
        collectionId: shown.collection || null,
        search: shown.search || null,
        orderBy: { field: order, direction: order === "NAME" || order === "EXPIRES_AT" ? "ASC" : "DESC" },
        permissions: PERMISSIONS,
        withTokens: false,
      },
      { signal },
    ),
  );
  const close = () => {
    setOpen(undefined);
    records.reload();
  };

  return (
    <Panel
      title="Records"
      lead="Whose key may call what, in a region and a collection."
      failure={records.failure}
      busy={records.loading}
      tools={
        <>
          <PlaceChoices regionId={shown.region} collectionId={shown.collection} onChoose={show} />
          <SearchField
            label="Search"
            hint="name, client, lookup id"
            value={shown.search}
            onSearch={(search) => show({ search })}
          />
          <Choice label="Order" value={order} options={ORDERS} onChoose={(value) => show({ order: value })} />
          <button type="button" className="act" onClick={() => setOpen({ dialog: "new-key" })}>
            New key
          </button>
        </>
      }
    >
      <RecordTable
        records={records.nodes}
        onKey={(record) => setOpen({ dialog: "key", record })}
        onToken={(record) => setOpen({ dialog: "token", record })}
      />
      {records.totalCount === 0 && (
        <p className="nothing">
          No key of a client may call anything here. Make one with “New key”; an empty installation is filled by{" "}
          <code>npm run demo</code>, or step by step by the examples beside the editor.
        </p>
      )}
      {records.more && (
        <button type="button" className="more" disabled={records.loading} onClick={records.more}>
          Show more of {records.totalCount}
        </button>
      )}
      {open?.dialog === "key" && <KeyDialog record={open.record} onClose={close} />}
      {open?.dialog === "token" && <GenerateTokenDialog clientId={open.record.clientId} onClose={close} />}
      {open?.dialog === "new-key" && <NewKeyDialog onClose={close} />}
    </Panel>
  );
}
