import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import type { Actor } from "../access/actor.js";
import type { Call } from "../access/call.js";
import { seesApi } from "../access/reach.js";
import { invalidInput } from "../errors.js";
import { type Context, CurrentCall } from "../graphql/context.js";
import type { Loaders } from "../graphql/loaders.js";
import { Policy } from "../graphql/policy.js";
import type { UsageService } from "./usage.service.js";
import { TOP_MAX, Usage, UsageDimension, UsageInput, UsagePoint, UsageShare, UsageTotals } from "./usage.types.js";

@Resolver(() => Usage)
export class UsageResolver {
  constructor(private readonly service: UsageService) {}

  @Policy("usage:read")
  @Query(() => Usage, {
    description:
      "How many calls were judged, allowed and refused, in a range of time: totals, a series and top lists. A call is counted within two seconds. A client sees its own calls, a member those with own keys. Errors: INVALID_INPUT (the range ends before it begins, or is too long for the step; there is no such thing as the filter names).",
  })
  usage(@CurrentCall() call: Call, @Arg("input", () => UsageInput) input: UsageInput) {
    return this.service.ask(call, input);
  }

  @FieldResolver(() => UsageTotals)
  totals(@Root() usage: Usage) {
    return this.service.totals(usage);
  }

  @FieldResolver(() => [UsagePoint], { description: "Every step of the range, also those without a call." })
  series(@Root() usage: Usage) {
    return this.service.series(usage);
  }

  @FieldResolver(() => [UsageShare], { description: "What had the most calls, most first." })
  top(
    @Root() usage: Usage,
    @Arg("dimension", () => UsageDimension) dimension: UsageDimension,
    @Arg("first", () => Int, { defaultValue: 10, description: `How many: 1 to ${TOP_MAX}.`, validateFn: refuseUnfit })
    first: number,
  ) {
    return this.service.top(usage, dimension, first);
  }
}

function refuseUnfit(first: unknown): void {
  if (typeof first === "number" && first >= 1 && first <= TOP_MAX) return;
  throw invalidInput({ path: "first", message: `must be 1 to ${TOP_MAX}` });
}

@Resolver(() => UsageShare)
export class UsageShareResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The display name of a client, the name of a key, an API, a collection or a region, the code. Null: it is gone, or not for the caller to see.",
  })
  name(@Root() { dimension, id }: UsageShare, @CurrentCall() { actor }: Call, @Ctx() { loaders }: Context) {
    return id === null ? null : nameOf(dimension, id, actor, loaders);
  }
}

async function nameOf(dimension: UsageDimension, id: string, actor: Actor, loaders: Loaders): Promise<string | null> {
  if (dimension === UsageDimension.CODE) return id;
  if (dimension === UsageDimension.CLIENT) return (await loaders.client.load(id))?.displayName ?? null;
  if (dimension === UsageDimension.API_KEY) return (await loaders.apiKey.load(id))?.name ?? null;
  if (!actor.permissions.has("catalogue:read")) return null;
  if (dimension === UsageDimension.COLLECTION) return (await loaders.collection.load(id))?.name ?? null;
  if (dimension === UsageDimension.REGION) return (await loaders.region.load(id))?.name ?? null;
  const api = await loaders.api.load(id);
  return api && seesApi(actor, api) ? api.name : null;
}
