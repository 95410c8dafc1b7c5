import type { ExampleGroup } from "./example.js";

export const operationsScreen: ExampleGroup = {
  title: "Operations screen",
  examples: [
    {
      title: "Who may call what",
      explains: "Keys that may call something in a region and a collection. Run it again to refresh.",
      document: `query Records($regionId: ID, $collectionId: ID, $search: String) {
  records(regionId: $regionId, collectionId: $collectionId, search: $search, first: 20) {
    totalCount
    edges {
      node {
        userName
        clientId
        maskedKey
        status
        lastAccessedAt
        restPermissions(first: 5) {
          totalCount
          edges {
            node {
              api {
                name
                method
                path
              }
              grantedBy {
                kind
                name
              }
            }
          }
        }
        soapPermissions(first: 5) {
          totalCount
          edges {
            node {
              api {
                name
                soapAction
              }
            }
          }
        }
        tokens(first: 5) {
          totalCount
          edges {
            node {
              maskedToken
              status
              expiresAt
            }
          }
        }
      }
    }
  }
}`,
      variables: { regionId: "{{regionId}}", collectionId: "{{collectionId}}", search: "" },
    },
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
    {
      title: "Who may call an API",
      explains: "Clients with the right to, what grants it, and their keys in force.",
      document: `query WhoMayCall($apiId: ID!) {
  apiCallers(apiId: $apiId, first: 20) {
    totalCount
    edges {
      node {
        client {
          clientId
          displayName
        }
        status
        grantedBy {
          kind
          name
          groupName
        }
        apiKeys(first: 10) {
          name
          lookupId
          status
        }
      }
    }
  }
}`,
      variables: { apiId: "{{apiId}}" },
    },
    {
      title: "Whose secret is this",
      explains: "Paste one that was found or sent. The audit notes that you asked; nothing keeps the secret.",
      document: `query LookupSecret($secret: String!) {
  lookupSecret(secret: $secret) {
    kind
    status
    client {
      clientId
      displayName
    }
    user {
      userName
    }
    apiKey {
      name
      lookupId
      expiresAt
      groups {
        name
      }
      effectivePermissions(first: 20) {
        totalCount
        edges {
          node {
            api {
              kind
              name
            }
          }
        }
      }
    }
    token {
      kind
      maskedToken
      scopes
      expiresAt
      usesLeft
    }
  }
}`,
      variables: { secret: "{{secret}}" },
    },
  ],
};
