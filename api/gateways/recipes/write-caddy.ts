import type { RecipeValues } from "./recipe.js";

export function writeCaddy({ latchkey, upstream, collection, hasGatewayKey }: RecipeValues): string {
  const keyLine = hasGatewayKey
    ? `			header_up X-Latchkey-Gateway-Key GATEWAY_KEY
`
    : `			# From outside VERIFY_NETWORKS: header_up X-Latchkey-Gateway-Key, with the gateway's key.
`;
  return `http://:8080 {
	bind 127.0.0.1
	route {
		request_header -*latchkey*
		# Nor may a caller have Caddy drop them on the way to the upstream.
		@hides header_regexp Connection (?i)latchkey
		request_header @hides -Connection
		vars latchkey asked
		forward_auth ${latchkey.host} {
			uri /v1/authorize
			header_up X-Latchkey-Collection ${collection}
${keyLine}			header_up -X-Original-Method
			header_up -X-Original-URI
			header_up -X-Original-URL
			copy_headers {
				X-Latchkey-Client-Id
				X-Latchkey-Key-Id
				X-Latchkey-User-Name
				X-Latchkey-Groups
				X-Latchkey-Scopes
				X-Latchkey-Priority
			}
			transport http {
				dial_timeout 1s
				response_header_timeout 5s
			}
			@broken status 500 502 504
			handle_response @broken {
				respond 503
			}
		}
		vars latchkey allowed
		reverse_proxy ${upstream.host}
	}
	handle_errors {
		@unanswered vars latchkey asked
		respond @unanswered 503
		respond {http.error.status_code}
	}
}
`;
}
