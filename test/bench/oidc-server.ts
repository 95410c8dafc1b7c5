import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

/** The published authorization server with its own in-memory store: no database, and nothing that outlives it. */
const [clientId = "", secret = ""] = process.argv.slice(2);

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(url, {
    clients: [
      {
        client_id: clientId,
        client_secret: secret,
        grant_types: ["client_credentials"],
        redirect_uris: [],
        response_types: [],
      },
    ],
    scopes: ["orders"],
    features: {
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      devInteractions: { enabled: false },
    },
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" }] },
    cookies: { keys: ["bench"] },
  });
  const answer = provider.callback();
  server.on("request", (request, response) => void answer(request, response));
  process.stdout.write(`${url}\n`);
});
