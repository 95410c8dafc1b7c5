import { type Headers, holdsWhenReplayed, only, without } from "./replayed.js";

interface Middleware {
  readonly headers?: { readonly customRequestHeaders: Headers };
  readonly forwardAuth?: {
    readonly address: string;
    readonly trustForwardHeader: boolean;
    readonly authRequestHeaders: readonly string[];
    readonly authResponseHeaders: readonly string[];
  };
}

interface Config {
  readonly http: {
    readonly routers: { readonly orders: { readonly middlewares: readonly string[] } };
    readonly middlewares: Readonly<Record<string, Middleware>>;
  };
}

/** An empty value takes the header away. */
function custom(headers: Headers, { headers: changes }: Middleware = {}): Headers {
  const changed: Record<string, string> = { ...headers };
  for (const [name, value] of Object.entries(changes?.customRequestHeaders ?? {})) {
    delete changed[name.toLowerCase()];
    if (value !== "") changed[name.toLowerCase()] = value;
  }
  return changed;
}

// https://doc.traefik.io/traefik/middlewares/http/forwardauth/
holdsWhenReplayed<Config>("Traefik", ({ http: { routers, middlewares } }) => {
  const [before, auth, after] = routers.orders.middlewares.map((name) => middlewares[name]);
  const forwardAuth = auth?.forwardAuth;
  if (!forwardAuth || forwardAuth.trustForwardHeader) throw new Error("The second middleware asks, and trusts nobody.");
  return {
    ask: ({ method, target, headers }, peer) => ({
      method: "GET",
      target: new URL(forwardAuth.address).pathname,
      headers: {
        ...only(custom(headers, before), forwardAuth.authRequestHeaders),
        "x-forwarded-for": peer,
        "x-forwarded-method": method,
        "x-forwarded-proto": "http",
        "x-forwarded-host": "orders.example.com",
        "x-forwarded-uri": target,
      },
    }),
    upstream: ({ headers }, answer) => {
      const names = forwardAuth.authResponseHeaders;
      return custom({ ...without(custom(headers, before), names), ...only(answer, names) }, after);
    },
    // The answer as a whole.
    caller: (answer) => answer,
  };
});
