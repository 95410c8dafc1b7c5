import type { RecipeValues } from "./recipe.js";

export function writeTraefik({ latchkey, upstream, collection, hasGatewayKey }: RecipeValues): string {
  const keyLine = hasGatewayKey
    ? `          X-Latchkey-Gateway-Key: GATEWAY_KEY
`
    : `          # From outside VERIFY_NETWORKS, the gateway's key; name the header in authRequestHeaders too.
          X-Latchkey-Gateway-Key: ""
`;
  const askedWithKey = hasGatewayKey ? "          - X-Latchkey-Gateway-Key\n" : "";
  return `http:
  routers:
    orders:
      rule: PathPrefix(\`/\`)
      middlewares: [latchkey-before, latchkey, latchkey-after]
      service: orders
  middlewares:
    latchkey-before:
      headers:
        customRequestHeaders:
          X-Latchkey-Collection: ${collection}
${keyLine}    latchkey:
      forwardAuth:
        address: http://${latchkey.host}/v1/authorize
        trustForwardHeader: false
        authRequestHeaders:
          - X-API-Key
          - Authorization
          - SOAPAction
          - Content-Type
          - X-Latchkey-Collection
${askedWithKey}        authResponseHeaders:
          - X-Latchkey-Client-Id
          - X-Latchkey-Key-Id
          - X-Latchkey-User-Name
          - X-Latchkey-Groups
          - X-Latchkey-Scopes
          - X-Latchkey-Priority
    latchkey-after:
      headers:
        customRequestHeaders:
          X-Latchkey-Collection: ""
          X-Latchkey-Gateway-Key: ""
  services:
    orders:
      loadBalancer:
        servers:
          - url: http://${upstream.host}
`;
}
