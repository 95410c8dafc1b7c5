import type { RecipeValues } from "./recipe.js";

export function writeEnvoy({ latchkey, upstream, collection, hasGatewayKey }: RecipeValues): string {
  const keyLine = hasGatewayKey
    ? `                            - { key: x-latchkey-gateway-key, value: GATEWAY_KEY }
`
    : `                            # From outside VERIFY_NETWORKS: x-latchkey-gateway-key, with the gateway's key.
`;
  return `static_resources:
  listeners:
    - name: gateway
      address:
        socket_address: { address: 127.0.0.1, port_value: 8080 }
      filter_chains:
        - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: gateway
                use_remote_address: true
                common_http_protocol_options:
                  headers_with_underscores_action: DROP_HEADER
                route_config:
                  virtual_hosts:
                    - name: orders
                      domains: ["*"]
                      routes:
                        - match: { prefix: / }
                          route: { cluster: orders }
                http_filters:
                  - name: envoy.filters.http.ext_authz
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthz
                      failure_mode_allow: false
                      status_on_error: { code: ServiceUnavailable }
                      allowed_headers:
                        patterns:
                          - exact: x-api-key
                          - exact: authorization
                          - exact: soapaction
                          - exact: content-type
                      http_service:
                        server_uri: { uri: http://${latchkey.host}, cluster: latchkey, timeout: 5s }
                        path_prefix: /v1/authorize
                        authorization_request:
                          headers_to_add:
                            - { key: x-latchkey-collection, value: ${collection} }
                            - { key: x-forwarded-for, value: "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%" }
${keyLine}                        authorization_response:
                          allowed_upstream_headers:
                            patterns:
                              - exact: x-latchkey-client-id
                              - exact: x-latchkey-key-id
                              - exact: x-latchkey-user-name
                              - exact: x-latchkey-groups
                              - exact: x-latchkey-scopes
                              - exact: x-latchkey-priority
                          allowed_client_headers:
                            patterns:
                              - exact: content-type
                              - exact: www-authenticate
                              - exact: retry-after
                              - exact: ratelimit
                              - exact: ratelimit-policy
                              - exact: x-latchkey-code
                  - name: envoy.filters.http.router
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
  clusters:
    - name: latchkey
      connect_timeout: 1s
      load_assignment:
        cluster_name: latchkey
        endpoints:
          - lb_endpoints:
              - endpoint: { address: { socket_address: { address: ${latchkey.hostname}, port_value: ${latchkey.port} } } }
    - name: orders
      connect_timeout: 2s
      load_assignment:
        cluster_name: orders
        endpoints:
          - lb_endpoints:
              - endpoint: { address: { socket_address: { address: ${upstream.hostname}, port_value: ${upstream.port} } } }
`;
}
