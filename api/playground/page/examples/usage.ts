import type { ExampleGroup } from "./example.js";

export const usage: ExampleGroup = {
  title: "Usage",
  examples: [
    {
      title: "Calls of the last day",
      explains: "Totals by verdict, a series of the hours, and who called most.",
      document: `query UsageOfLastDay($input: UsageInput!) {
  usage(input: $input) {
    from
    until
    totals {
      calls
      allowed
      refused
      byCode {
        code
        calls
      }
    }
    series {
      at
      allowed
      refused
    }
    top(dimension: CLIENT, first: 5) {
      name
      calls
      refused
    }
  }
}`,
      variables: { input: { from: "{{oneDayAgo}}", step: "HOUR" } },
    },
    {
      title: "Calls of one client, by key and API",
      explains: "Minute by minute. The filter also takes a key, an API, a collection, a region and verdict codes.",
      document: `query UsageOfClient($input: UsageInput!) {
  usage(input: $input) {
    totals {
      calls
    }
    keys: top(dimension: API_KEY) {
      id
      name
      calls
      allowed
    }
    apis: top(dimension: API) {
      id
      name
      calls
      allowed
    }
  }
}`,
      variables: { input: { from: "{{oneHourAgo}}", step: "MINUTE", filter: { clientId: "{{clientId}}" } } },
    },
    {
      title: "What is left, and for how long",
      explains:
        "Of a client's quota and of its keys' own. Its addresses get a mail at 80 and at 100 percent, once in a period.",
      document: `query Limits($clientId: String!) {
  limits(clientId: $clientId) {
    tpsPerNode
    quota {
      limit
      period
      used
      remaining
      resetsAt
      exhaustedAt
    }
    apiKeys(first: 20) {
      edges {
        node {
          apiKey {
            name
          }
          quota {
            used
            remaining
            exhaustedAt
          }
        }
      }
    }
  }
}`,
      variables: { clientId: "{{clientId}}" },
    },
    {
      title: "Single calls",
      explains:
        "What was called from where, and why it was refused. The search takes a request id or a transaction reference.",
      document: `query RecentCalls($filter: RecentCallFilter, $search: String) {
  recentCalls(first: 20, filter: $filter, search: $search) {
    edges {
      node {
        at
        requestId
        transactionRef
        code
        method
        path
        address
        client {
          clientId
        }
        apiKey {
          name
        }
        api {
          name
        }
      }
    }
  }
}`,
      variables: { filter: { clientId: "{{clientId}}" }, search: "" },
    },
  ],
};
