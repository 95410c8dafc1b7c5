import type { RecipeValues } from "./recipe.js";

export function writeNginx({ latchkey, upstream, collection, hasGatewayKey }: RecipeValues): string {
  const keyLine = hasGatewayKey
    ? `    proxy_set_header X-Latchkey-Gateway-Key "GATEWAY_KEY";
`
    : `    # From outside VERIFY_NETWORKS, the gateway's key.
    proxy_set_header X-Latchkey-Gateway-Key "";
`;
  return `upstream latchkey {
  server ${latchkey.host};
  keepalive 16;
}

server {
  listen 127.0.0.1:8080;

  location / {
    auth_request /_latchkey;
    auth_request_set $latchkey_client_id $upstream_http_x_latchkey_client_id;
    auth_request_set $latchkey_key_id $upstream_http_x_latchkey_key_id;
    auth_request_set $latchkey_user_name $upstream_http_x_latchkey_user_name;
    auth_request_set $latchkey_groups $upstream_http_x_latchkey_groups;
    auth_request_set $latchkey_scopes $upstream_http_x_latchkey_scopes;
    auth_request_set $latchkey_priority $upstream_http_x_latchkey_priority;
    auth_request_set $latchkey_status $upstream_http_x_latchkey_status;
    auth_request_set $latchkey_code $upstream_http_x_latchkey_code;
    auth_request_set $latchkey_challenge $upstream_http_www_authenticate;
    auth_request_set $latchkey_retry_after $upstream_http_retry_after;
    auth_request_set $latchkey_rate_limit $upstream_http_ratelimit;
    auth_request_set $latchkey_rate_limit_policy $upstream_http_ratelimit_policy;
    # Only nginx's own: what the upstream answers is not intercepted.
    error_page 403 500 = @refused;

    proxy_set_header X-Latchkey-Client-Id $latchkey_client_id;
    proxy_set_header X-Latchkey-Key-Id $latchkey_key_id;
    proxy_set_header X-Latchkey-User-Name $latchkey_user_name;
    proxy_set_header X-Latchkey-Groups $latchkey_groups;
    proxy_set_header X-Latchkey-Scopes $latchkey_scopes;
    proxy_set_header X-Latchkey-Priority $latchkey_priority;
    proxy_set_header X-Latchkey-Gateway-Key "";
    proxy_set_header X-Forwarded-For $remote_addr;
    # Without a path, so that nginx passes the call's on as it came.
    proxy_pass http://${upstream.host};
  }

  location = /_latchkey {
    internal;
    proxy_pass http://latchkey/v1/authorize?fold=403;
    proxy_http_version 1.1;
    proxy_connect_timeout 1s;
    proxy_read_timeout 5s;
    proxy_pass_request_body off;
    proxy_set_header Connection "";
    proxy_set_header Content-Length "";
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Method $request_method;
    proxy_set_header X-Forwarded-Uri $request_uri;
    proxy_set_header X-Original-Method "";
    proxy_set_header X-Original-URI "";
    proxy_set_header X-Original-URL "";
    proxy_set_header X-Latchkey-Collection "${collection}";
${keyLine}  }

  location @refused {
    default_type application/problem+json;
    add_header WWW-Authenticate $latchkey_challenge always;
    add_header Retry-After $latchkey_retry_after always;
    add_header RateLimit $latchkey_rate_limit always;
    add_header RateLimit-Policy $latchkey_rate_limit_policy always;
    add_header X-Latchkey-Code $latchkey_code always;
    if ($latchkey_status = 401) {
      return 401 '{"title":"Unauthorized","status":401,"code":"$latchkey_code"}';
    }
    if ($latchkey_status = 403) {
      return 403 '{"title":"Forbidden","status":403,"code":"$latchkey_code"}';
    }
    if ($latchkey_status = 429) {
      return 429 '{"title":"Too Many Requests","status":429,"code":"$latchkey_code"}';
    }
    return 503 '{"title":"Service Unavailable","status":503,"code":"UNDECIDED"}';
  }
}
`;
}
