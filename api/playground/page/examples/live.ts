import type { ExampleGroup } from "./example.js";

export const live: ExampleGroup = {
  title: "Live",
  examples: [
    {
      title: "Watch keys change",
      explains: "Goes on until you stop it. Create, disable or revoke a key in another window, or on another node.",
      document: `subscription KeysChange {
  apiKeyChanged {
    id
    name
    status
    revocationReason
  }
}`,
    },
    {
      title: "Watch a client call",
      explains: "Its calls of this minute, at most once a second, for as long as it calls.",
      document: `subscription ClientCalls($clientId: ID!) {
  usageUpdated(clientId: $clientId) {
    minute
    calls
    allowed
    refused
  }
}`,
      variables: { clientId: "{{clientId}}" },
    },
  ],
};
