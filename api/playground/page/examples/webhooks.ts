import type { ExampleGroup } from "./example.js";

export const webhooks: ExampleGroup = {
  title: "Webhooks",
  examples: [
    {
      title: "Have a server told of events",
      explains: "By POST, signed as Standard Webhooks says. The secret, to check signatures with, is shown this once.",
      document: `mutation CreateWebhook($input: CreateWebhookInput!) {
  createWebhook(input: $input) {
    webhook {
      id
      url
      events
      enabled
    }
    secret
  }
}`,
      variables: {
        input: {
          url: "https://hooks.example.invalid/latchkey",
          description: "Made in the playground",
          events: ["ANOMALY_DETECTED", "QUOTA_ALERT"],
        },
      },
      remembers: { webhookId: "createWebhook.webhook.id" },
    },
    {
      title: "Send a webhook a test",
      explains: "It is tried for a day, at longer and longer intervals, until the receiver answers 2xx.",
      document: `mutation TestWebhook($input: TestWebhookInput!) {
  testWebhook(input: $input) {
    id
    event
    body
    status
  }
}`,
      variables: { input: { id: "{{webhookId}}" } },
    },
    {
      title: "What webhooks were told",
      explains: "How each attempt went, and when the next one is.",
      document: `query WebhookDeliveries($filter: WebhookDeliveryFilter) {
  webhooks(first: 20) {
    edges {
      node {
        id
        url
        enabled
        events
      }
    }
  }
  webhookDeliveries(first: 20, filter: $filter) {
    totalCount
    edges {
      node {
        id
        event
        status
        attempts
        answerStatus
        lastError
        nextAttemptAt
      }
    }
  }
}`,
      variables: { filter: { webhookId: "{{webhookId}}" } },
    },
    {
      title: "Rotate the secret of a webhook",
      explains: "Deliveries are signed with both secrets until the grace is over.",
      document: `mutation RotateWebhookSecret($input: RotateWebhookSecretInput!) {
  rotateWebhookSecret(input: $input) {
    webhook {
      id
      previousEndsAt
    }
    secret
  }
}`,
      variables: { input: { id: "{{webhookId}}", graceSeconds: 86_400 } },
    },
    {
      title: "Switch a webhook off",
      explains: "What it is not told meanwhile it is never told; what waits for it goes on waiting.",
      document: `mutation UpdateWebhook($input: UpdateWebhookInput!) {
  updateWebhook(input: $input) {
    id
    enabled
    updatedAt
  }
}`,
      variables: { input: { id: "{{webhookId}}", enabled: false } },
    },
    {
      title: "Delete a webhook",
      explains: "For good, with all that it was or is to be told.",
      document: `mutation DeleteWebhook($input: DeleteWebhookInput!) {
  deleteWebhook(input: $input) {
    id
    url
  }
}`,
      variables: { input: { id: "{{webhookId}}" } },
    },
  ],
};
