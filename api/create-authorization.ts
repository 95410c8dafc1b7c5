import type { DataSource } from "typeorm";
import type { Authenticator } from "./access/authenticate.js";
import type { Config } from "./config/config.js";
import { AuthorizationEndpoint } from "./oauth/authorization/authorization-endpoint.js";
import { BrowserCookies } from "./oauth/authorization/browser-cookies.js";
import { BrowserSessions } from "./oauth/authorization/browser-sessions.js";
import { Decisions } from "./oauth/authorization/decisions.js";
import { FormTokens } from "./oauth/authorization/form-tokens.js";
import type { KeyRing } from "./secrets/key-ring.js";
import { SessionService } from "./users/session.service.js";
import type { KnownClients } from "./verification/known-clients.js";

export interface AuthorizationParts {
  readonly config: Pick<Config, "secretBrand" | "allowLegacyGrants" | "publicUrl">;
  readonly database: DataSource;
  readonly keyRing: KeyRing;
  readonly clients: KnownClients;
  readonly authenticator: Authenticator;
  /** Known once the server listens. */
  readonly issuer: () => string;
}

/** Puts the authorization endpoint together. */
export function createAuthorization(parts: AuthorizationParts): AuthorizationEndpoint {
  const { config, database, keyRing, clients, authenticator, issuer } = parts;
  const { secretBrand: brand, allowLegacyGrants, publicUrl = "http://localhost" } = config;
  return new AuthorizationEndpoint({
    database,
    clients,
    sessions: new BrowserSessions(authenticator, new SessionService(database, keyRing, brand)),
    cookies: new BrowserCookies(publicUrl),
    formTokens: new FormTokens(keyRing),
    decisions: new Decisions(database, { keyRing, brand }),
    issuer,
    allowLegacyGrants,
  });
}
