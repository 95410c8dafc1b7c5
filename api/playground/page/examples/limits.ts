import type { ExampleGroup } from "./example.js";

export const limits: ExampleGroup = {
  title: "Limits",
  examples: [
    {
      title: "Limit how much",
      explains: "Calls in a second and in a month. A key may have a quota of its own beside its client's.",
      document: `mutation LimitCalls($input: UpdateClientInput!) {
  updateClient(input: $input) {
    id
    tpsPerNode
    quota {
      limit
      period
    }
    timeZone
  }
}`,
      variables: {
        input: {
          id: "{{clientId}}",
          tpsPerNode: 50,
          quota: { limit: 100, period: "MONTH" },
          timeZone: "Europe/Berlin",
        },
      },
    },
    {
      title: "Verify: what is left",
      explains: "A call that costs ten of the quota. RATE_LIMITED and QUOTA_EXCEEDED refuse what goes beyond.",
      document: `mutation VerifyWithCost($input: VerifyCredentialInput!) {
  verifyCredential(input: $input) {
    code
    retryAfterSeconds
    rateLimit {
      limit
      remaining
      resetSeconds
    }
    quota {
      limit
      remaining
      resetsAt
    }
  }
}`,
      variables: { input: { credential: "{{secret}}", cost: 10 } },
    },
    {
      title: "Explain a refusal",
      explains: "Every check with its outcome, of a key by its id. Nothing is used up.",
      document: `query ExplainVerification($input: ExplainVerificationInput!) {
  explainVerification(input: $input) {
    verdict {
      code
      message
    }
    checks {
      name
      outcome
      code
      message
    }
  }
}`,
      variables: {
        input: {
          apiKeyId: "{{apiKeyId}}",
          api: { method: "{{apiMethod}}", path: "{{apiPath}}" },
          groups: ["orders-write"],
          cost: 1000,
        },
      },
    },
  ],
};
