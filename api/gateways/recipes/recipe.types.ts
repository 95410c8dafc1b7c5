import { Field, InputType, ObjectType, registerEnumType } from "type-graphql";
import { IdField, TextField } from "../../graphql/fields.js";

export enum GatewayKind {
  NGINX = "NGINX",
  HAPROXY = "HAPROXY",
  CADDY = "CADDY",
  TRAEFIK = "TRAEFIK",
  ENVOY = "ENVOY",
}

registerEnumType(GatewayKind, {
  name: "GatewayKind",
  description: "Gateways that there is a recipe for.",
  valuesConfig: {
    NGINX: { description: "nginx 1.22 and newer, by `auth_request`." },
    HAPROXY: { description: "HAProxy 2.6 and newer, by Lua." },
    CADDY: { description: "Caddy 2.6 and newer, by `forward_auth`." },
    TRAEFIK: { description: "Traefik 2 and 3, by `forwardAuth`." },
    ENVOY: { description: "Envoy 1.25 and newer, by `ext_authz`." },
  },
});

@InputType()
export class GatewayRecipesInput {
  @IdField({ description: "The collection of the APIs that the gateway protects." })
  collectionId!: string;

  @TextField({
    max: 300,
    description: "Where the gateway passes allowed calls on to, such as `http://127.0.0.1:9000`: no path, and no TLS.",
  })
  upstream!: string;

  @TextField({
    max: 300,
    optional: true,
    description:
      "Where the gateway reaches Latchkey, such as `http://latchkey.internal:4000`: no path, and no TLS, which Latchkey does not speak. Default: `PUBLIC_URL` if it is such an address, else where this node listens.",
  })
  latchkey?: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "Whether the gateway asks from outside `VERIFY_NETWORKS` and so must show a gateway key: `GATEWAY_KEY` stands where to put its secret. Default false.",
  })
  hasGatewayKey?: boolean;
}

@ObjectType({ description: "A file of a gateway's configuration." })
export class GatewayRecipeFile {
  @Field(() => String, { description: "What to call it, such as `nginx.conf`." })
  name!: string;

  @Field(() => String)
  content!: string;
}

@ObjectType({ description: "How to protect an upstream by a gateway that asks Latchkey about every call." })
export class GatewayRecipe {
  @Field(() => GatewayKind)
  gateway!: GatewayKind;

  @Field(() => [GatewayRecipeFile], { description: "To be used together." })
  files!: GatewayRecipeFile[];

  @Field(() => String, { description: "What to know of it." })
  note!: string;
}
