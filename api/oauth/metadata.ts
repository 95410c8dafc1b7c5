import { CODE_CHALLENGE_METHOD } from "./pkce.js";

/** By Basic and by body (RFC 6749 section 2.3.1). */
const AUTHENTICATION_METHODS = ["client_secret_basic", "client_secret_post"];

export interface MetadataOptions {
  readonly issuer: string;
  /** Of the token endpoint. */
  readonly grantTypes: readonly string[];
  readonly allowLegacyGrants: boolean;
}

/** RFC 8414 section 2: what is served here. Which scopes there are is not for everybody to know. */
export function metadataOf({ issuer, grantTypes, allowLegacyGrants }: MetadataOptions): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/oauth/authorize`,
    token_endpoint: `${issuer}/oauth/token`,
    introspection_endpoint: `${issuer}/oauth/introspect`,
    revocation_endpoint: `${issuer}/oauth/revoke`,
    grant_types_supported: allowLegacyGrants ? [...grantTypes, "implicit"] : grantTypes,
    response_types_supported: allowLegacyGrants ? ["code", "token"] : ["code"],
    response_modes_supported: allowLegacyGrants ? ["query", "fragment"] : ["query"],
    code_challenge_methods_supported: [CODE_CHALLENGE_METHOD],
    token_endpoint_auth_methods_supported: AUTHENTICATION_METHODS,
    introspection_endpoint_auth_methods_supported: AUTHENTICATION_METHODS,
    revocation_endpoint_auth_methods_supported: AUTHENTICATION_METHODS,
    // RFC 9207.
    authorization_response_iss_parameter_supported: true,
  };
}
