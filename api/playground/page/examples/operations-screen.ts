import type { ExampleGroup } from "./example.js";

export const operationsScreen: ExampleGroup = {
  title: "Operations screen",
  examples: [
    {
      title: "What a client may call",
      explains: "Each API with the groups and scopes that grant it.",
      document: `query WhatAClientMayCall($clientId: String!) {
  effectivePermissions(clientId: $clientId, first: 20) {
    totalCount
    edges {
      node {
        api {
          kind
          name
          method
          path
          soapAction
        }
        grantedBy {
          kind
          name
          groupName
        }
      }
    }
  }
}`,
      variables: { clientId: "{{clientId}}" },
    },
  ],
};
