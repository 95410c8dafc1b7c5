import { registerEnumType } from "type-graphql";

export enum GrantType {
  AUTHORIZATION_CODE = "AUTHORIZATION_CODE",
  CLIENT_CREDENTIALS = "CLIENT_CREDENTIALS",
  PASSWORD = "PASSWORD",
  REFRESH_TOKEN = "REFRESH_TOKEN",
  IMPLICIT = "IMPLICIT",
}

registerEnumType(GrantType, {
  name: "GrantType",
  description: "How a client comes by its tokens (RFC 6749).",
  valuesConfig: {
    AUTHORIZATION_CODE: { description: "A user signs in and consents (RFC 6749 section 4.1), with PKCE (RFC 7636)." },
    CLIENT_CREDENTIALS: { description: "With its client id and password (RFC 6749 section 4.4)." },
    PASSWORD: {
      description:
        "With a user's name and password (RFC 6749 section 4.3). Legacy: only while `ALLOW_LEGACY_GRANTS` is on; a client that has it keeps it, and cannot use it meanwhile.",
    },
    REFRESH_TOKEN: {
      description: "Its grants come with refresh tokens, which it may exchange (RFC 6749 section 6).",
    },
    IMPLICIT: {
      description:
        "A token in the fragment of a redirect (RFC 6749 section 4.2). Legacy: only while `ALLOW_LEGACY_GRANTS` is on; a client that has it keeps it, and cannot use it meanwhile.",
    },
  },
});

/** RFC 9700 sections 2.1.2 and 2.4 advise against them: a deployment has to allow them. */
export const LEGACY_GRANT_TYPES: readonly GrantType[] = [GrantType.PASSWORD, GrantType.IMPLICIT];
