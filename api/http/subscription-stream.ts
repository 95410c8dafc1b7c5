import type { FastifyReply, FastifyRequest } from "fastify";
import type { Call } from "../access/call.js";
import type { Availability } from "../database/availability.js";
import { ApiError } from "../errors.js";
import type { Live, LiveContext } from "../graphql/live-context.js";
import type { Loaders } from "../graphql/loaders.js";
import type { SubscriptionRequest, Subscriptions } from "../graphql/subscriptions.js";
import { originOf } from "./call-origin.js";
import { type CallerOptions, callerOf } from "./caller.js";
import { streamEvents } from "./event-stream.js";
import { StreamPlaces } from "./stream-places.js";

export interface SubscriptionStreamOptions extends CallerOptions {
  readonly subscriptions: Subscriptions;
  readonly live: Live;
  readonly createLoaders: () => Loaders;
  readonly now: () => Date;
  readonly availability: Availability;
}

/** Answers a subscription, whose request was judged like any other's, until either side ends it. */
export function subscriptionStream(
  options: SubscriptionStreamOptions,
): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const { subscriptions, live, createLoaders, now, availability } = options;
  const places = new StreamPlaces();
  return async (request, reply) => {
    const { actor } = request.graphqlContext;
    if (!actor) {
      throw new ApiError("UNAUTHENTICATED", "Sign in first, or send a user's API key as X-API-Key or Bearer.");
    }
    const closed = new AbortController();
    const renew = async (): Promise<Call> => {
      const origin = originOf(request, now());
      const known = await callerOf(request, origin, options);
      if (!known) throw new ApiError("UNAUTHENTICATED", "Sign in first.");
      Object.assign(context, { now: origin.now, actor: known, loaders: createLoaders() });
      return { ...origin, actor: known };
    };
    const context: LiveContext = { ...request.graphqlContext, live, signal: closed.signal, renew };
    const leave = places.take(actor.id);
    reply.raw.once("close", () => {
      leave();
      closed.abort(null);
    });
    const begin = () => subscriptions.begin(request.body as SubscriptionRequest, context);
    const events = await availability.run(begin, reply.elapsedTime);
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) reply.raw.setHeader(name, value ?? "");
    const stillThere = (): void => void renew().catch((error: unknown) => closed.abort(error));
    await streamEvents(reply.raw, events, stillThere).catch((error: unknown) => {
      request.log.error({ err: error }, "failed");
      reply.raw.destroy();
    });
  };
}
