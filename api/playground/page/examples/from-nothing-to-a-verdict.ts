import type { ExampleGroup } from "./example.js";

export const fromNothingToAVerdict: ExampleGroup = {
  title: "From nothing to a verdict",
  examples: [
    {
      title: "Create a region",
      step: 1,
      explains: "Regions are the top of the catalogue.",
      document: `mutation CreateRegion($input: CreateRegionInput!) {
  createRegion(input: $input) {
    id
    code
    name
  }
}`,
      variables: { input: { code: "eu-{{suffix}}", name: "Europe {{suffix}}" } },
      remembers: { regionId: "createRegion.id" },
    },
    {
      title: "Create a collection",
      step: 2,
      explains: "A collection holds the APIs of one server.",
      document: `mutation CreateCollection($input: CreateCollectionInput!) {
  createCollection(input: $input) {
    id
    name
    baseUrl
  }
}`,
      variables: {
        input: {
          regionId: "{{regionId}}",
          name: "Orders {{suffix}}",
          serverName: "orders-{{suffix}}",
          baseUrl: "https://orders-{{suffix}}.example.com",
        },
      },
      remembers: { collectionId: "createCollection.id" },
    },
    {
      title: "Add a REST API",
      step: 3,
      explains: "One method and path that callers may be allowed to use.",
      document: `mutation CreateApi($input: CreateApiInput!) {
  createApi(input: $input) {
    id
    name
    method
    path
  }
}`,
      variables: {
        input: {
          collectionId: "{{collectionId}}",
          kind: "REST",
          name: "List orders {{suffix}}",
          method: "GET",
          path: "/orders-{{suffix}}",
        },
      },
      remembers: { apiId: "createApi.id", apiMethod: "createApi.method", apiPath: "createApi.path" },
    },
    {
      title: "Create an authority group",
      step: 4,
      explains: "A group names the APIs that its members may call.",
      document: `mutation CreateAuthorityGroup($input: CreateAuthorityGroupInput!) {
  createAuthorityGroup(input: $input) {
    id
    name
    securityLevel
  }
}`,
      variables: {
        input: {
          name: "orders-read-{{suffix}}",
          description: "Read orders",
          securityLevel: "C",
          apiIds: ["{{apiId}}"],
        },
      },
      remembers: { groupId: "createAuthorityGroup.id" },
    },
    {
      title: "Create a client",
      step: 5,
      explains: "The program or partner that will hold the key.",
      document: `mutation CreateClient($input: CreateClientInput!) {
  createClient(input: $input) {
    id
    clientId
    displayName
    status
  }
}`,
      variables: {
        input: {
          clientId: "shop-{{suffix}}",
          name: "shop-{{suffix}}",
          displayName: "Web shop {{suffix}}",
          note: "Made from the playground",
          groupIds: ["{{groupId}}"],
        },
      },
      remembers: { clientId: "createClient.id" },
    },
    {
      title: "Create an API key",
      step: 6,
      explains: "The secret is in the answer, this once.",
      document: `mutation CreateApiKey($input: CreateApiKeyInput!) {
  createApiKey(input: $input) {
    apiKey {
      id
      lookupId
      status
    }
    secret
  }
}`,
      variables: {
        input: {
          clientId: "{{clientId}}",
          name: "Orders key {{suffix}}",
          expiresAt: "{{inOneYear}}",
          groupIds: ["{{groupId}}"],
        },
      },
      remembers: { apiKeyId: "createApiKey.apiKey.id", secret: "createApiKey.secret" },
    },
    {
      title: "Verify: allowed",
      step: 7,
      explains: "Ask for a verdict as a gateway would.",
      document: `mutation VerifyAllowed($input: VerifyCredentialInput!) {
  verifyCredential(input: $input) {
    valid
    code
    message
    client {
      clientId
    }
    groups
    api {
      name
    }
  }
}`,
      variables: {
        input: { credential: "{{secret}}", api: { method: "{{apiMethod}}", path: "{{apiPath}}" } },
      },
    },
    {
      title: "Verify: refused",
      step: 8,
      explains: "The same key, where a group is demanded that it does not hold: GROUP_DENIED.",
      document: `mutation VerifyRefused($input: VerifyCredentialInput!) {
  verifyCredential(input: $input) {
    valid
    code
    message
    client {
      clientId
    }
    groups
    api {
      name
    }
  }
}`,
      variables: {
        input: {
          credential: "{{secret}}",
          api: { method: "{{apiMethod}}", path: "{{apiPath}}" },
          groups: ["orders-write"],
        },
      },
    },
  ],
};
