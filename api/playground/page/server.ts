import { Latchkey, SdkError } from "@latchkey/sdk";
import { createContext, useContext } from "react";
import type { Session } from "./session.js";

/** The server as the panels see it. */
export interface Server {
  readonly latchkey: Latchkey;
  /** Says in words what went wrong, and leaves the page's session when the server has ended it. */
  readonly explain: (error: unknown) => string;
}

export function serverOf({ credential }: Session, onSignedOut: () => void): Server {
  return {
    latchkey: new Latchkey({ url: location.origin, credential: credential.value.replace(/^Bearer /, "") }),
    explain: (error) => {
      if (error instanceof SdkError && error.code === "UNAUTHENTICATED") onSignedOut();
      return textOf(error);
    },
  };
}

export const ServerContext = createContext<Server | undefined>(undefined);

export function useServer(): Server {
  const server = useContext(ServerContext);
  if (!server) throw new Error("A panel stands outside of the signed-in page.");
  return server;
}

function textOf(error: unknown): string {
  if (!(error instanceof SdkError)) return error instanceof Error ? error.message : String(error);
  const fields = error.fields.map(({ path, message }) => `${path}: ${message}`);
  return fields.length > 0 ? fields.join(" ") : error.message;
}
