import type { RecipeValues } from "./recipe.js";
import { GatewayKind, type GatewayRecipe } from "./recipe.types.js";
import { writeCaddy } from "./write-caddy.js";
import { writeEnvoy } from "./write-envoy.js";
import { writeHaproxy } from "./write-haproxy.js";
import { writeHaproxyLua } from "./write-haproxy-lua.js";
import { writeNginx } from "./write-nginx.js";
import { writeTraefik } from "./write-traefik.js";

/** One for each gateway. Those of the README are these, with its example values. */
export function writeRecipes(values: RecipeValues): GatewayRecipe[] {
  return [
    {
      gateway: GatewayKind.NGINX,
      files: [{ name: "latchkey.conf", content: writeNginx(values) }],
      note: "Goes into the http block, as files of conf.d do. nginx knows only 401 and 403 of a sub-request, so Latchkey folds every refusal into 403 for it and tells the true status beside.",
    },
    {
      gateway: GatewayKind.HAPROXY,
      files: [
        { name: "latchkey.lua", content: writeHaproxyLua(values) },
        { name: "haproxy.cfg", content: writeHaproxy(values) },
      ],
      note: "Both in one directory. Where Latchkey does not answer, the caller gets 503 after four seconds at most.",
    },
    {
      gateway: GatewayKind.CADDY,
      files: [{ name: "Caddyfile", content: writeCaddy(values) }],
      note: "A site of its own. It needs nothing beside Caddy itself.",
    },
    {
      gateway: GatewayKind.TRAEFIK,
      files: [{ name: "latchkey.yaml", content: writeTraefik(values) }],
      note: "For the file provider. Traefik answers 500, not 503, while it cannot reach Latchkey, and lets nothing pass then either.",
    },
    {
      gateway: GatewayKind.ENVOY,
      files: [{ name: "envoy.yaml", content: writeEnvoy(values) }],
      note: "The call's method and path go to Latchkey as they are, the path after /v1/authorize.",
    },
  ];
}
