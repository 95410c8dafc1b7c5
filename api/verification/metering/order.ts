/** What a call wants to take, and what is noted when it may. */
export interface Order {
  /** The counters in which it must find room: one or two. */
  readonly subjects: readonly OrderedSubject[];
  /** Whose call it is: orders of one credential differ in nothing but their period, API and cost. */
  readonly credentialId: string;
  /** 1, or -1 to give back what was granted to a call that was refused after all. */
  readonly calls: 1 | -1;
  readonly minuteMs: number;
  readonly clientId: string;
  /** All zeros for tokens: their calls are counted to the client. */
  readonly apiKeyId: string;
  readonly apiId: string;
}

export interface OrderedSubject {
  readonly id: string;
  readonly limit: number;
  /** What the call takes from it. */
  readonly cost: number;
  /** When the period began that the call belongs to. */
  readonly startMs: number;
}

/** What became of an order. Of a refused one nothing was taken. */
export interface Receipt {
  readonly granted: boolean;
  /** Of each subject of the order: how much of it is used with this call, and in which period. */
  readonly used: readonly number[];
  readonly startsMs: readonly number[];
}

/** All zeros: none. */
export const NO_ID = "00000000-0000-0000-0000-000000000000";
