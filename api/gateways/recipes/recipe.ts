/** What is different at every installation. */
export interface RecipeValues {
  /** Where the gateway reaches Latchkey. */
  readonly latchkey: Address;
  /** What it protects. */
  readonly upstream: Address;
  /** The collection of the upstream's APIs, as verdicts are asked about it. */
  readonly collection: string;
  /** Whether the gateway asks from outside VERIFY_NETWORKS, and so shows a gateway key. */
  readonly hasGatewayKey: boolean;
}

/** As of a URL; `host` is both, as they stand in one. */
export interface Address {
  readonly hostname: string;
  readonly port: string;
  readonly host: string;
}
