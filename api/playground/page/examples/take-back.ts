import type { ExampleGroup } from "./example.js";

export const takeBack: ExampleGroup = {
  title: "Take back",
  examples: [
    {
      title: "Revoke a key",
      explains: "For good; its row stays, with who, when and why.",
      document: `mutation RevokeApiKey($input: RevokeApiKeyInput!) {
  revokeApiKey(input: $input) {
    id
    lookupId
    status
  }
}`,
      variables: { input: { id: "{{apiKeyId}}", reason: "No longer needed" } },
    },
    {
      title: "Delete a client",
      explains: "Takes its keys, tokens and sessions along. Its client id is never given again.",
      document: `mutation DeleteClient($input: DeleteClientInput!) {
  deleteClient(input: $input) {
    id
    clientId
  }
}`,
      variables: { input: { id: "{{clientId}}", confirm: true } },
    },
  ],
};
