import type { RecipeValues } from "./recipe.js";

export function writeHaproxy({ upstream, collection }: RecipeValues): string {
  return `global
  lua-load-per-thread latchkey.lua

defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 30s

frontend gateway
  bind 127.0.0.1:8080
  http-request del-header ^x[-_]latchkey[-_] -m reg
  # Nor may a caller have a further proxy drop them.
  http-request del-header connection if { hdr(connection) -i -m sub latchkey }
  http-request set-header X-Forwarded-For %[src]
  http-request lua.latchkey ${collection}
  # HAProxy goes on after an error in Lua.
  http-request deny deny_status 503 unless { var(txn.latchkey) -m str allowed }
  # A target with scheme and host reaches the upstream as the path that was judged.
  http-request set-uri %[pathq]
  default_backend orders

backend orders
  server orders ${upstream.host}
`;
}
