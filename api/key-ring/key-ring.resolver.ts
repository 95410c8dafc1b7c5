import { Ctx, Query, Resolver } from "type-graphql";
import type { Context } from "../graphql/context.js";
import { Policy } from "../graphql/policy.js";
import { KeyRingVersion } from "./key-ring.types.js";
import type { KeyRingReport } from "./key-ring-report.js";

@Resolver(() => KeyRingVersion)
export class KeyRingResolver {
  constructor(private readonly report: KeyRingReport) {}

  @Policy("keyring:read")
  @Query(() => [KeyRingVersion], {
    description: "The versions of the key ring and what still hangs on each, by version.",
  })
  keyRing(@Ctx() { now }: Context) {
    return this.report.versions(now);
  }
}
