import type { ExampleGroup } from "./example.js";

export const keys: ExampleGroup = {
  title: "Keys",
  examples: [
    {
      title: "Change a key",
      explains: "Its secret stays; verdicts follow at once.",
      document: `mutation UpdateApiKey($input: UpdateApiKeyInput!) {
  updateApiKey(input: $input) {
    id
    description
    expiresAt
    quota {
      limit
      period
    }
    tags
  }
}`,
      variables: {
        input: {
          id: "{{apiKeyId}}",
          description: "Changed in the playground",
          expiresAt: "{{inOneYear}}",
          quota: { limit: 100000, period: "MONTH" },
          tags: ["playground"],
        },
      },
    },
    {
      title: "Samples of a key",
      explains: "How to call with it: curl, Python and Node.",
      document: `query ApiKeySamples($id: ID!) {
  apiKey(id: $id) {
    name
    samples {
      language
      title
      code
    }
  }
}`,
      variables: { id: "{{apiKeyId}}" },
    },
    {
      title: "Rotate a key",
      explains: "A new secret in place; the old one works for a week more.",
      document: `mutation RotateApiKey($input: RotateApiKeyInput!) {
  rotateApiKey(input: $input) {
    apiKey {
      id
      status
      rotationEndsAt
      secrets {
        lookupId
        retiresAt
        lastAccessedAt
        lastAccessedFrom
      }
    }
    secret
  }
}`,
      variables: { input: { id: "{{apiKeyId}}", graceSeconds: 604800 } },
    },
    {
      title: "Finish a rotation",
      explains: "Only the new secret works from now on.",
      document: `mutation FinishRotation($input: ApiKeyReference!) {
  finishRotation(input: $input) {
    id
    status
    secrets {
      lookupId
    }
  }
}`,
      variables: { input: { id: "{{apiKeyId}}" } },
    },
    {
      title: "Switch a key off",
      explains: "It is refused with DISABLED until it is enabled.",
      document: `mutation DisableApiKey($input: ApiKeyReference!) {
  disableApiKey(input: $input) {
    id
    status
  }
}`,
      variables: { input: { id: "{{apiKeyId}}" } },
    },
    {
      title: "Switch a key on again",
      explains: "A revoked or expired key stays what it is.",
      document: `mutation EnableApiKey($input: ApiKeyReference!) {
  enableApiKey(input: $input) {
    id
    status
  }
}`,
      variables: { input: { id: "{{apiKeyId}}" } },
    },
    {
      title: "Draft an integration token",
      explains: "For another system that calls this API. It is accepted once it is confirmed.",
      document: `mutation DraftIntegrationToken($input: DraftIntegrationTokenInput!) {
  draftIntegrationToken(input: $input) {
    apiKey {
      id
      status
      permissions
    }
    secret
  }
}`,
      variables: { input: { label: "Reporting {{suffix}}" } },
      remembers: { integrationTokenId: "draftIntegrationToken.apiKey.id" },
    },
    {
      title: "Confirm an integration token",
      explains: "From now on it is accepted.",
      document: `mutation ConfirmIntegrationToken($input: ApiKeyReference!) {
  confirmIntegrationToken(input: $input) {
    id
    name
    status
    lastAccessedAt
  }
}`,
      variables: { input: { id: "{{integrationTokenId}}" } },
    },
    {
      title: "Create many keys",
      explains: "Up to 1,000, each with a result: a key and its secret, or why there is none.",
      document: `mutation CreateApiKeys($input: CreateApiKeysInput!) {
  createApiKeys(input: $input) {
    createdCount
    results {
      index
      apiKey {
        id
        name
      }
      secret
      refused {
        code
        message
      }
    }
  }
}`,
      variables: {
        input: {
          keys: [
            { name: "Bulk one {{suffix}}", tags: ["bulk-{{suffix}}"] },
            { name: "Bulk two {{suffix}}", tags: ["bulk-{{suffix}}"] },
          ],
        },
      },
    },
    {
      title: "Revoke many keys",
      explains: "All that match, if they are as many as expected; otherwise nothing is changed.",
      document: `mutation RevokeApiKeys($input: RevokeApiKeysInput!) {
  revokeApiKeys(input: $input) {
    revokedCount
  }
}`,
      variables: {
        input: { filter: { tag: "bulk-{{suffix}}" }, expectedCount: 2, reason: "Tried in the playground" },
      },
    },
    {
      title: "Import keys of another system",
      explains: "By the SHA-256 of their texts. A dry run: it tells what would become of each.",
      document: `mutation ImportApiKeys($input: ImportApiKeysInput!) {
  importApiKeys(input: $input) {
    importedCount
    results {
      index
      apiKey {
        id
      }
      refused {
        code
        message
      }
    }
  }
}`,
      variables: {
        input: {
          dryRun: true,
          keys: [
            {
              name: "From before {{suffix}}",
              hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
              prefix: "sk_live_",
            },
          ],
        },
      },
    },
    {
      title: "Make a recoverable key",
      explains: "Its secret is kept encrypted, to be revealed later.",
      document: `mutation CreateRecoverableKey($input: CreateApiKeyInput!) {
  recoverableKey: createApiKey(input: $input) {
    apiKey {
      id
      recoverable
    }
  }
}`,
      variables: { input: { name: "Recoverable {{suffix}}", recoverable: true } },
      remembers: { recoverableKeyId: "recoverableKey.apiKey.id" },
    },
    {
      title: "Reveal a key",
      explains: "Only a recoverable one, and only with a reason.",
      document: `mutation RevealApiKey($input: RevealApiKeyInput!) {
  revealApiKey(input: $input) {
    secret
    apiKey {
      id
      name
    }
  }
}`,
      variables: { input: { id: "{{recoverableKeyId}}", reason: "Tried in the playground" } },
    },
  ],
};
