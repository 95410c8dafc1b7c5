import { ownerFacts } from "../keys/owner-facts.js";
import type { ToldAnomaly } from "./subjects.js";

/** `data` of `anomaly.detected`, in the names of the API. */
export function anomalyEvent({ anomaly, key, owner }: ToldAnomaly) {
  return {
    id: anomaly.id,
    kind: anomaly.kind,
    detectedAt: anomaly.detectedAt,
    windowStartsAt: anomaly.windowStartsAt,
    windowEndsAt: anomaly.windowEndsAt,
    seen: anomaly.seen,
    expected: anomaly.expected,
    calls: anomaly.calls,
    addresses: anomaly.addresses,
    lastUsedAt: anomaly.lastUsedAt,
    apiKey: key ? { id: key.id, name: key.name, lookupId: key.lookupId } : null,
    ...ownerFacts(owner),
  };
}
