import type { ExampleGroup } from "./example.js";

export const gateways: ExampleGroup = {
  title: "Gateways",
  examples: [
    {
      title: "Configure a gateway",
      explains: "Ready files for nginx, HAProxy, Caddy, Traefik and Envoy.",
      document: `query GatewayRecipes($input: GatewayRecipesInput!) {
  gatewayRecipes(input: $input) {
    gateway
    note
    files {
      name
      content
    }
  }
}`,
      variables: { input: { collectionId: "{{collectionId}}", upstream: "http://127.0.0.1:9000" } },
    },
    {
      title: "Make a key for a gateway",
      explains: "A gateway outside of VERIFY_NETWORKS sends it as X-Latchkey-Gateway-Key when it asks for a verdict.",
      document: `mutation CreateGatewayKey($input: CreateGatewayKeyInput!) {
  createGatewayKey(input: $input) {
    gatewayKey {
      id
      name
      lookupId
      expiresAt
    }
    secret
  }
}`,
      variables: {
        input: { name: "Edge {{suffix}}", description: "Made in the playground", expiresAt: "{{inOneYear}}" },
      },
      remembers: { gatewayKeyId: "createGatewayKey.gatewayKey.id" },
    },
    {
      title: "Gateways that may ask",
      explains: "When and from where each last asked.",
      document: `query GatewayKeys {
  gatewayKeys(first: 20, filter: { status: ACTIVE }, orderBy: { field: LAST_ACCESSED_AT, direction: DESC }) {
    totalCount
    edges {
      node {
        id
        name
        lookupId
        status
        expiresAt
        lastAccessedAt
        lastAccessedFrom
      }
    }
  }
}`,
    },
    {
      title: "Revoke a gateway key",
      explains: "For good; its row stays, with who, when and why.",
      document: `mutation RevokeGatewayKey($input: RevokeGatewayKeyInput!) {
  revokeGatewayKey(input: $input) {
    id
    name
    status
    revokedAt
  }
}`,
      variables: { input: { id: "{{gatewayKeyId}}", reason: "Tried in the playground" } },
    },
  ],
};
