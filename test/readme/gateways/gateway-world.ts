import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { text } from "node:stream/consumers";
import type { CreateClientInput } from "@latchkey/sdk";
import { callOf, FAR, seedApi, seedClient, seedGroup, unique } from "../../support/seed.js";
import { openWay, type Way } from "../../support/way.js";
import { startWorld, type World } from "../../support/world.js";

export interface ReachedCall {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Latchkey with the collection that the README's gateways name, and the upstream that they protect. */
export interface GatewayWorld {
  readonly world: World;
  /** Where the gateway finds Latchkey and its upstream. */
  readonly latchkeyUrl: string;
  readonly upstreamUrl: string;
  readonly wayToLatchkey: Way;
  readonly wayToDatabase: Way;
  /** What the gateway let pass. The upstream answers with the status that a call's `?answer=` asks for. */
  readonly reached: readonly ReachedCall[];
  readonly groupName: string;
  /** Of the one REST API that is granted; `/admin` is listed, and granted to nobody. */
  readonly path: string;
  /** A client that may call it and `urn:orders#Read`, and its key. */
  caller(fields?: Partial<CreateClientInput>): Promise<{ clientId: string; keyId: string; secret: string }>;
  stop(): Promise<void>;
}

export async function startGatewayWorld(): Promise<GatewayWorld> {
  const wayToDatabase = await openWay();
  const wayToLatchkey = await openWay();
  const world = await startWorld({ QUERY_CREDENTIALS: "true" }, (url) => wayToDatabase.urlTo(url));
  const reached: ReachedCall[] = [];
  const upstream = await startUpstream(reached);

  const { latchkey } = world;
  const region = await latchkey.regions.create({ code: "eu", name: "Europe" });
  const server = { serverName: "orders", baseUrl: "https://orders.example.com" };
  const collection = { regionId: region.id, ...server };
  const { id: collectionId } = await latchkey.collections.create({ ...collection, name: "orders" });
  const { id: otherId } = await latchkey.collections.create({ ...collection, name: "other" });
  const soap = (operation: string) =>
    latchkey.apis.create({
      collectionId,
      kind: "SOAP",
      name: operation,
      endpoint: "https://orders.example.com/soap",
      soapAction: `urn:orders#${operation}`,
    });
  const api = await seedApi(world, { collectionId });
  // The same call in another collection: a gateway that names none gets no answer.
  await seedApi(world, { collectionId: otherId, path: api.path });
  const readBySoap = await soap("Read");
  await soap("Cancel");
  await seedApi(world, { collectionId, path: "/admin" });
  const group = await seedGroup(world, { apiIds: [api.id, readBySoap.id] });

  return {
    world,
    latchkeyUrl: wayToLatchkey.urlTo(world.url),
    upstreamUrl: urlOf(upstream),
    wayToLatchkey,
    wayToDatabase,
    reached,
    groupName: group.name,
    path: callOf(api).path,
    caller: async (fields = {}) => {
      const client = await seedClient(world, { groupIds: [group.id], tpsPerNode: 0, ...fields });
      const key = { clientId: client.id, name: unique("key"), expiresAt: FAR, groupIds: [group.id] };
      const { apiKey, secret } = await latchkey.keys.create(key);
      return { clientId: client.clientId, keyId: apiKey.id, secret };
    },
    stop: async () => {
      wayToDatabase.mend();
      upstream.close();
      wayToLatchkey.close();
      await world.stop();
      wayToDatabase.close();
    },
  };
}

async function startUpstream(reached: ReachedCall[]): Promise<Server> {
  const server = createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    const answer = (body: string): void => {
      reached.push({ method, url, headers, body });
      response.writeHead(Number(/[?&]answer=(\d+)/.exec(url)?.[1] ?? 200), { "x-upstream": "orders" });
      response.end("upstream");
    };
    text(request).then(answer, () => response.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

export function urlOf(server: Server): string {
  const address = server.address();
  return address !== null && typeof address === "object" ? `http://127.0.0.1:${address.port}` : "";
}
