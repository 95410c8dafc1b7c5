import type { Fetcher, FetcherParams } from "@graphiql/toolkit";
import { getOperationAST, parse } from "graphql";
import { createClient } from "graphql-sse";
import { askServer, saysSignedOut } from "./ask-server.js";
import type { Recollection } from "./recollection.js";
import type { Session } from "./session.js";

/**
 * Sends what the editor runs, remembers what later examples need, and reports a session that has ended. A subscription is
 * shown event by event until it is stopped.
 */
export function createFetcher(session: Session, recollection: Recollection, onSignedOut: () => void): Fetcher {
  return async (request, options) => {
    const headers = options?.headers as Record<string, string> | undefined;
    if (isSubscription(request)) return follow(request, session, headers);
    const answer = await askServer(request, session.credential, headers);
    if (saysSignedOut(answer)) onSignedOut();
    recollection.note(answer.data);
    return answer as Awaited<ReturnType<Fetcher>>;
  };
}

function isSubscription({ query, operationName }: FetcherParams): boolean {
  try {
    return getOperationAST(parse(query), operationName)?.operation === "subscription";
  } catch {
    // The server says what is wrong with it.
    return false;
  }
}

function follow({ query, variables, operationName }: FetcherParams, { credential }: Session, more?: HeadersInit) {
  const headers = new Headers(more);
  if (credential) headers.set(credential.header, credential.value);
  const client = createClient({ url: "/graphql", headers: Object.fromEntries(headers), retryAttempts: 0 });
  return client.iterate({
    query,
    variables: variables as Record<string, unknown> | undefined,
    ...(operationName != null && { operationName }),
  }) as Awaited<ReturnType<Fetcher>>;
}
