import type { ExampleGroup } from "./example.js";

export const tokens: ExampleGroup = {
  title: "Tokens",
  examples: [
    {
      title: "A client with a password",
      explains: "Tokens are issued to clients that prove who they are.",
      document: `mutation CreateTokenClient($input: CreateClientInput!) {
  tokenClient: createClient(input: $input) {
    id
    clientId
    tokenSettings {
      grantTypes
    }
  }
}`,
      variables: {
        input: {
          clientId: "batch-{{suffix}}",
          name: "batch-{{suffix}}",
          displayName: "Nightly batch {{suffix}}",
          note: "Made in the playground",
          password: "correct horse battery",
          passwordConfirmation: "correct horse battery",
        },
      },
      remembers: { tokenClientId: "tokenClient.clientId" },
    },
    {
      title: "Set how a client comes by tokens",
      explains: "Grant types, how long and how often tokens can be used, and where browsers may be sent back to.",
      document: `mutation UpdateTokenSettings($input: UpdateTokenSettingsInput!) {
  updateTokenSettings(input: $input) {
    grantTypes
    accessTokenValidity {
      amount
      unit
    }
    accessTokenUses
    refreshTokenValidity {
      amount
      unit
    }
    refreshTokenUses
    redirectUrls
  }
}`,
      variables: {
        input: {
          clientId: "{{tokenClientId}}",
          grantTypes: ["CLIENT_CREDENTIALS", "REFRESH_TOKEN"],
          accessTokenValidity: { amount: 1, unit: "HOUR" },
          accessTokenUses: 1000,
          refreshTokenValidity: { amount: 30, unit: "DAY" },
        },
      },
    },
    {
      title: "Generate a token",
      explains: "With the client's id and password. Its secret goes into the header Authorization: Bearer.",
      document: `mutation GenerateToken($input: GenerateTokenInput!) {
  generateToken(input: $input) {
    token {
      id
      familyId
      clientId
      status
      scopes
      expiresAt
      usesLeft
    }
    secret
    refreshSecret
  }
}`,
      variables: {
        input: { clientId: "{{tokenClientId}}", clientSecret: "correct horse battery", scopes: [], save: true },
      },
      remembers: { tokenId: "generateToken.token.id", tokenFamilyId: "generateToken.token.familyId" },
    },
    {
      title: "Earlier tokens of a client",
      explains: "With what has become of each, and whether it can be revealed.",
      document: `query Tokens($clientId: String, $filter: TokenFilter) {
  tokens(clientId: $clientId, filter: $filter, first: 20, orderBy: { field: CREATED_AT, direction: DESC }) {
    totalCount
    edges {
      node {
        id
        kind
        maskedToken
        status
        grantType
        usesMax
        usesLeft
        saved
        createdAt
        expiresAt
        lastAccessedAt
        lastAccessedFrom
      }
    }
  }
}`,
      variables: { clientId: "{{tokenClientId}}", filter: {} },
    },
    {
      title: "Reveal a saved token",
      explains: "Only one that was saved, and only with a reason.",
      document: `mutation RevealToken($input: RevealTokenInput!) {
  revealToken(input: $input) {
    secret
    token {
      id
      maskedToken
    }
  }
}`,
      variables: { input: { id: "{{tokenId}}", reason: "Tried in the playground" } },
    },
    {
      title: "Revoke a token",
      explains: "For good; its row stays, with who, when and why.",
      document: `mutation RevokeToken($input: RevokeTokenInput!) {
  revokeToken(input: $input) {
    id
    status
    revokedAt
    revokedBy
  }
}`,
      variables: { input: { id: "{{tokenId}}", reason: "Tried in the playground" } },
    },
    {
      title: "Revoke all that came of a grant",
      explains: "Access and refresh tokens together. With clientId in place of familyId: all of a client.",
      document: `mutation RevokeTokens($input: RevokeTokensInput!) {
  revokeTokens(input: $input) {
    revokedCount
  }
}`,
      variables: { input: { familyId: "{{tokenFamilyId}}", reason: "Tried in the playground" } },
    },
  ],
};
