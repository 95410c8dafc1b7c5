import type { ExampleGroup } from "./example.js";

export const lookAround: ExampleGroup = {
  title: "Look around",
  examples: [
    {
      title: "Clients with their keys",
      explains: "One round trip, whatever the number of clients.",
      document: `query ClientsWithKeys {
  clients(first: 20) {
    totalCount
    edges {
      node {
        id
        clientId
        displayName
        status
        apiKeys(first: 10) {
          edges {
            node {
              id
              name
              lookupId
              status
              expiresAt
            }
          }
        }
      }
    }
  }
}`,
    },
    {
      title: "Find keys",
      explains: "Search the keys that work today.",
      document: `query FindKeys($search: String) {
  apiKeys(first: 20, search: $search, filter: { status: ACTIVE }) {
    totalCount
    edges {
      node {
        id
        name
        lookupId
        status
        expiresAt
      }
    }
  }
}`,
      variables: { search: "Orders key" },
    },
    {
      title: "Jobs and key ring",
      explains: "What runs by itself, and what still hangs on each version of the key ring.",
      document: `query JobsAndKeyRing {
  scheduledJobs {
    name
    lastRunAt
    nextRunAt
    lastError
  }
  keyRing {
    version
    current
    keysInForce
    sealedSecrets
    removable
  }
}`,
    },
  ],
};
