import type { ExampleGroup } from "./example.js";

export const anomalies: ExampleGroup = {
  title: "Anomalies",
  examples: [
    {
      title: "Unusual uses that nobody has seen to",
      explains:
        "What was seen and what was expected. acknowledgeAnomaly(input: {id, note}) says that somebody has seen to one.",
      document: `query Anomalies {
  anomalies(first: 20, filter: { acknowledged: false }) {
    totalCount
    edges {
      node {
        id
        kind
        detectedAt
        seen
        expected
        calls
        addresses
        lastUsedAt
        client {
          clientId
        }
        apiKey {
          name
        }
      }
    }
  }
}`,
    },
  ],
};
