import { holdsWhenReplayed, only } from "./replayed.js";

interface Names {
  readonly patterns: readonly { readonly exact: string }[];
}

interface ExtAuthz {
  readonly failure_mode_allow: boolean;
  readonly status_on_error: { readonly code: string };
  readonly allowed_headers: Names;
  readonly http_service: {
    readonly server_uri: { readonly cluster: string };
    readonly path_prefix: string;
    readonly authorization_request: { readonly headers_to_add: readonly { key: string; value: string }[] };
    readonly authorization_response: { allowed_upstream_headers: Names; allowed_client_headers: Names };
  };
}

interface Config {
  readonly static_resources: {
    readonly listeners: readonly {
      filter_chains: readonly {
        filters: readonly { typed_config: { http_filters: { typed_config: ExtAuthz }[] } }[];
      }[];
    }[];
    readonly clusters: readonly { readonly name: string }[];
  };
}

const namesIn = ({ patterns }: Names): string[] => patterns.map(({ exact }) => exact);

// https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/http/ext_authz/v3/ext_authz.proto
holdsWhenReplayed<Config>("Envoy", ({ static_resources: { listeners, clusters } }) => {
  const filter = listeners[0]?.filter_chains[0]?.filters[0]?.typed_config.http_filters[0]?.typed_config;
  if (!filter || filter.failure_mode_allow || filter.status_on_error.code !== "ServiceUnavailable")
    throw new Error("The first filter asks, and refuses with 503 where it gets no answer.");
  const { server_uri, path_prefix, authorization_request, authorization_response } = filter.http_service;
  if (!clusters.some(({ name }) => name === server_uri.cluster)) throw new Error("Latchkey is a cluster.");
  return {
    ask: ({ method, target, headers }, peer) => {
      const added: Record<string, string> = {};
      for (const { key, value } of authorization_request.headers_to_add)
        added[key] = value === "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%" ? peer : value;
      const sent = { ...only(headers, [...namesIn(filter.allowed_headers), "authorization"]), "content-length": "0" };
      return { method, target: path_prefix + target, headers: { ...sent, ...added } };
    },
    upstream: ({ headers }, answer) => ({
      ...headers,
      ...only(answer, namesIn(authorization_response.allowed_upstream_headers)),
    }),
    caller: (answer) => only(answer, namesIn(authorization_response.allowed_client_headers)),
  };
});
