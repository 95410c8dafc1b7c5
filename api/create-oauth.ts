import type { DataSource } from "typeorm";
import type { Authenticator } from "./access/authenticate.js";
import type { Config } from "./config/config.js";
import { createAuthorization } from "./create-authorization.js";
import type { Verification } from "./create-verification.js";
import { IntrospectionEndpoint } from "./oauth/introspection-endpoint.js";
import { metadataOf } from "./oauth/metadata.js";
import { RevocationEndpoint } from "./oauth/revocation-endpoint.js";
import { TokenEndpoint } from "./oauth/token-endpoint.js";
import type { KeyRing } from "./secrets/key-ring.js";
import type { ClientAuthentication } from "./tokens/authenticate-client.js";
import { GroupedWriter } from "./tokens/grouped-writer.js";

export interface OAuthParts {
  readonly config: Pick<Config, "secretBrand" | "allowLegacyGrants" | "publicUrl">;
  readonly database: DataSource;
  readonly keyRing: KeyRing;
  readonly verification: Verification;
  readonly authenticator: Authenticator;
  readonly clientAuthentication: ClientAuthentication;
  /** Known once the server listens. */
  readonly issuer: () => string;
  /** Waits until every node is bound by what was changed. */
  readonly everywhere: () => Promise<void>;
}

/** Puts the endpoints of OAuth 2.0 together. */
export function createOAuth(parts: OAuthParts) {
  const { config, database, keyRing, verification, clientAuthentication: authentication, issuer, everywhere } = parts;
  const { secretBrand: brand, allowLegacyGrants } = config;
  const { clients, tokens, gatewayKeys, pool } = verification;
  const mint = { keyRing, brand };
  const writer = new GroupedWriter(pool);
  const token = new TokenEndpoint({ database, writer, mint, authentication, allowLegacyGrants, everywhere });
  return {
    authorization: createAuthorization({ ...parts, clients }),
    token,
    introspection: new IntrospectionEndpoint({ tokens, authentication, gatewayKeys, issuer }),
    revocation: new RevocationEndpoint({ database, keyRing, brand, authentication, everywhere }),
    metadata: () => metadataOf({ issuer: issuer(), grantTypes: token.grantTypes, allowLegacyGrants }),
  };
}
