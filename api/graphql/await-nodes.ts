import type { ApolloServerPlugin } from "@apollo/server";
import { Kind, type OperationDefinitionNode } from "graphql";
import type { Context } from "./context.js";

/** Mutations that change nothing that verdicts depend on. They are asked as often as calls are made. */
const UNBINDING = new Set(["verifyCredential"]);

/**
 * A mutation answers when every node is bound by what it has changed: a credential that was revoked is then refused
 * everywhere. A refused one may have changed something too, as a sign-in does that locks its account.
 */
export function awaitNodes(everywhere: () => Promise<void>): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ operation }) => {
        if (operation && mayBind(operation)) await everywhere();
      },
    }),
  };
}

function mayBind({ operation, selectionSet }: OperationDefinitionNode): boolean {
  if (operation !== "mutation") return false;
  return selectionSet.selections.some((each) => each.kind !== Kind.FIELD || !UNBINDING.has(each.name.value));
}
