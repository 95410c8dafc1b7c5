import type { Fetcher } from "@graphiql/toolkit";
import { askServer, saysSignedOut } from "./ask-server.js";
import type { Recollection } from "./recollection.js";
import type { Session } from "./session.js";

/** Sends what the editor runs, remembers what later examples need, and reports a session that has ended. */
export function createFetcher(session: Session, recollection: Recollection, onSignedOut: () => void): Fetcher {
  return async (request, options) => {
    const headers = options?.headers as Record<string, string> | undefined;
    const answer = await askServer(request, session.credential, headers);
    if (saysSignedOut(answer)) onSignedOut();
    recollection.note(answer.data);
    return answer as Awaited<ReturnType<Fetcher>>;
  };
}
