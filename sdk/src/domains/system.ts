import {
  KeyRingDocument,
  type KeyRingQuery,
  ScheduledJobsDocument,
  type ScheduledJobsQuery,
} from "../generated/operations.js";
import type { Graphql } from "../graphql.js";
import type { CallOptions } from "../options.js";

/** Something that Latchkey does by itself from time to time. */
export type ScheduledJob = ScheduledJobsQuery["scheduledJobs"][number];

/** One version of the key ring, and what still hangs on it. */
export type KeyRingVersion = KeyRingQuery["keyRing"][number];

/** How the installation does. */
export class System {
  /** @internal */
  constructor(private readonly graphql: Graphql) {}

  /** What Latchkey does by itself, and how it went, by name. */
  async jobs(options?: CallOptions): Promise<readonly ScheduledJob[]> {
    return (await this.graphql.run(ScheduledJobsDocument, {}, options)).scheduledJobs;
  }

  /** What still hangs on each version of the key ring: one that is `removable` can be taken out of it. */
  async keyRing(options?: CallOptions): Promise<readonly KeyRingVersion[]> {
    return (await this.graphql.run(KeyRingDocument, {}, options)).keyRing;
  }
}
