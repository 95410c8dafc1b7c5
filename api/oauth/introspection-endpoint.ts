import type { ClientAuthentication } from "../tokens/authenticate-client.js";
import type { GatewayKeys } from "../verification/gateway-keys.js";
import { type InspectedToken, type TokenInspector, Undecided } from "../verification/token-inspector.js";
import { authenticateClient } from "./calling-client.js";
import { invalidClient } from "./client-credentials.js";
import { invalidRequest, OAuthError } from "./oauth-error.js";
import type { OAuthRequest } from "./oauth-request.js";
import { type OAuthParameters, readForm } from "./parameters.js";

const PARAMETERS = ["client_id", "client_secret", "token", "token_type_hint"] as const;

type Parameters = OAuthParameters<(typeof PARAMETERS)[number]>;

/** Whoever asks: a gateway, or the client of this id. */
type Asker = "GATEWAY" | { readonly clientId: string };

export interface IntrospectionEndpointOptions {
  readonly tokens: TokenInspector;
  readonly authentication: ClientAuthentication;
  readonly gatewayKeys: Pick<GatewayKeys, "admits">;
  readonly issuer: () => string;
}

const INACTIVE = { active: false };

/**
 * `POST /oauth/introspect` (RFC 7662). A client learns about its own tokens only; of whatever is not in force, nobody learns
 * why, nor whether it ever was. The kind of a token shows in its text, so that the hint is not needed.
 */
export class IntrospectionEndpoint {
  constructor(private readonly options: IntrospectionEndpointOptions) {}

  async answer(request: OAuthRequest): Promise<object> {
    const parameters = readForm(request.contentType, request.body, PARAMETERS).check();
    const asker = await this.askerOf(request, parameters);
    const token = await this.options.tokens
      .inspect(parameters.need("token"), request.origin.now.getTime())
      .catch(tryAgain);
    const mayKnow = token && (asker === "GATEWAY" || asker.clientId === token.client.id);
    return mayKnow ? introspected(token, this.options.issuer()) : INACTIVE;
  }

  private async askerOf(request: OAuthRequest, parameters: Parameters): Promise<Asker> {
    const { authentication, gatewayKeys } = this.options;
    const { origin, authorization } = request;
    const [gatewayKey, ...others] = request.gatewayKeys;
    if (gatewayKey === undefined) {
      const { client } = await authenticateClient(authentication, request, parameters);
      return { clientId: client.id };
    }
    if (others.length > 0 || authorization.length > 0 || parameters.get("client_secret") !== undefined)
      throw invalidRequest("Send one gateway key, or the credentials of one client.");
    if (!(await gatewayKeys.admits(gatewayKey, origin.now.getTime(), origin.address)))
      throw invalidClient("The gateway key is unknown or not in force.");
    return "GATEWAY";
  }
}

/** RFC 7662 section 2.2. Only an access token has a type: a refresh token is not sent with calls. */
function introspected({ kind, id, client, user, scopes, createdAtMs, expiresAtMs }: InspectedToken, iss: string) {
  const issuedAt = Math.floor(createdAtMs / 1_000);
  return {
    active: true,
    ...(scopes.length > 0 && { scope: scopes.join(" ") }),
    client_id: client.clientId,
    ...(user && { username: user.userName }),
    ...(kind === "ACCESS" && { token_type: "Bearer" }),
    exp: Math.floor(expiresAtMs / 1_000),
    iat: issuedAt,
    nbf: issuedAt,
    sub: user?.id ?? client.id,
    iss,
    jti: id,
  };
}

function tryAgain(error: unknown): never {
  if (!(error instanceof Undecided)) throw error;
  throw new OAuthError("temporarily_unavailable", "The node cannot know just now. Ask again.", {
    cause: error,
    retryAfterSeconds: 1,
  });
}
