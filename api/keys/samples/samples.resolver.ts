import { Arg, Ctx, FieldResolver, ID, Resolver, Root } from "type-graphql";
import type { Call } from "../../access/call.js";
import type { Api } from "../../catalogue/api.entity.js";
import { type Context, CurrentCall } from "../../graphql/context.js";
import { ApiKey } from "../api-key.entity.js";
import { CodeSample } from "./code-sample.types.js";
import { callOfApi, callOfLatchkey, type SampleCall } from "./sample-call.js";
import { writeSamples } from "./write-samples.js";

@Resolver(() => ApiKey)
export class SamplesOfKeyResolver {
  constructor(
    private readonly publicUrl: () => string,
    private readonly apiKeyHeader: string,
  ) {}

  @FieldResolver(() => [CodeSample], {
    description:
      "How to call with it: curl, Python and Node, with the right address and headers. For a user's key, which is for Latchkey itself, a call of its GraphQL. Empty when it may call nothing, or not that API.",
  })
  async samples(
    @Root() key: ApiKey,
    @CurrentCall() call: Call,
    @Ctx() context: Context,
    @Arg("apiId", () => ID, {
      nullable: true,
      description:
        "One of the first 100 APIs that it may call, by name; left out, the first that is only read (GET), if there is one.",
    })
    apiId: string | undefined | null,
  ): Promise<CodeSample[]> {
    const sample =
      key.clientId === null
        ? callOfLatchkey(this.publicUrl())
        : await sampleCall(key, apiId ?? undefined, call, context);
    return sample ? writeSamples(sample, this.apiKeyHeader) : [];
  }
}

/** APIs that are looked through. */
const APIS_MAX = 100;

async function sampleCall(
  { id }: ApiKey,
  apiId: string | undefined,
  { actor: { sight } }: Call,
  { loaders }: Context,
): Promise<SampleCall | undefined> {
  const { edges } = await loaders.permissionsOf({ holders: "API_KEY", first: APIS_MAX, sight }).load(id);
  const apis: Api[] = edges.map(({ node }) => node.api);
  const harmless = () => apis.find(({ method }) => method === "GET") ?? apis[0];
  const api = apiId === undefined ? harmless() : apis.find((each) => each.id === apiId);
  const collection = api && (await loaders.collection.load(api.collectionId));
  return api && collection ? callOfApi(api, collection) : undefined;
}
