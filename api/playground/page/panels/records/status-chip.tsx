import type { ApiKeyStatus } from "@latchkey/sdk";

const KINDS: Readonly<Record<ApiKeyStatus, string>> = {
  ACTIVE: "chip-good",
  ROTATING: "chip-good",
  SCHEDULED: "chip-wait",
  DRAFT: "chip-wait",
  DISABLED: "chip-bad",
  EXPIRED: "chip-bad",
  REVOKED: "chip-bad",
};

export function StatusChip({ status }: { status: ApiKeyStatus }) {
  return <span className={`chip ${KINDS[status]}`}>{status.toLowerCase()}</span>;
}
