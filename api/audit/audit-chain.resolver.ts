import { Args, Query, Resolver } from "type-graphql";
import { Policy } from "../graphql/policy.js";
import type { AuditChainService } from "./audit-chain.service.js";
import { AuditChain, AuditChainArgs } from "./audit-chain.types.js";

@Resolver(() => AuditChain)
export class AuditChainResolver {
  constructor(private readonly chain: AuditChainService) {}

  @Policy("audit:read")
  @Query(() => AuditChain, {
    description:
      "Verifies that the audit's events are those that were written: recomputes every hash, follows the chain and compares " +
      "it with the checkpoints, stored ones and those that you have kept. Long chains take several calls: go on `after` " +
      "`verifiedTo` until `complete`.",
  })
  auditChain(@Args(() => AuditChainArgs) args: AuditChainArgs) {
    return this.chain.verify(args);
  }
}
