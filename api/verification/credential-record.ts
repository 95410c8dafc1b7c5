import type { Span } from "../conditions/quota-period.js";
import type { CompiledServiceTime } from "../conditions/service-time.js";
import type { StoredSecret } from "../secrets/stored-secret.js";
import type { HostBindings } from "./host-bindings.js";

/** So many calls in each period, by the clock of the zone. */
export interface Quota {
  /** Of the client, key or token whose uses are counted. */
  readonly subjectId: string;
  /** Uses of a token: one for each call, whatever it costs. */
  readonly isUses: boolean;
  readonly limit: number;
  readonly period: "DAY" | "WEEK" | "MONTH" | "TOTAL";
  readonly timeZone: string;
  /** The period that was asked for last. */
  span?: Span;
}

export interface ClientRecord {
  readonly id: string;
  readonly clientId: string;
  readonly displayName: string;
  readonly priority: number;
  readonly status: string;
  /** Until when failed sign-ins lock it. Infinity: for good; -Infinity: not at all. */
  readonly lockedUntilMs: number;
  /** -Infinity: from ever. */
  readonly startsAtMs: number;
  /** Infinity: never. */
  readonly expiresAtMs: number;
  /** Null: always. */
  readonly serviceTime: CompiledServiceTime | null;
  /** Null: any address. */
  readonly hostBindings: HostBindings | null;
  /** 0: without limit. */
  readonly tpsPerNode: number;
}

/** Everything a verdict needs to know of a credential, flat and decoded once, when it is loaded. */
export interface CredentialRecord extends StoredSecret {
  readonly kind: "API_KEY" | "ACCESS_TOKEN";
  readonly id: string;
  /** Of a token: what it is revoked with. */
  readonly familyId: string | null;
  readonly name: string;
  readonly lookupId: string;
  /** Of a token its own id. */
  readonly secretId: string;
  /** Until when this secret of the key is accepted. Infinity: it is the current one; -Infinity: it is retired. */
  readonly acceptedUntilMs: number;
  /** -Infinity: from its creation on, by whichever node's clock. */
  readonly effectiveAtMs: number;
  /** Of a token. */
  readonly createdAtMs: number | null;
  /** Infinity: never. */
  readonly expiresAtMs: number;
  readonly revoked: boolean;
  readonly disabled: boolean;
  /** Waits for its confirmation. */
  readonly draft: boolean;
  readonly metadata: object;
  readonly client: ClientRecord | null;
  readonly user: { readonly id: string; readonly userName: string } | null;
  readonly groupIds: ReadonlySet<string>;
  readonly groupNames: readonly string[];
  /**
   * Of a client's key: the client's scopes whose groups it holds; of a user's key: its management permissions; of a token:
   * what it was granted, as far as its client still holds it.
   */
  readonly scopes: readonly string[];
  /** The client's, then the key's own, or the token's uses. A call must find room in all. */
  readonly quotas: readonly Quota[];
}
