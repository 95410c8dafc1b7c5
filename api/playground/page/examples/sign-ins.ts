import type { ExampleGroup } from "./example.js";

export const signIns: ExampleGroup = {
  title: "Sign-ins",
  examples: [
    {
      title: "Your sessions",
      explains: "Where you are signed in. Filter by userId or clientId for those of somebody else.",
      document: `query Sessions {
  sessions(first: 20) {
    totalCount
    edges {
      node {
        id
        current
        address
        createdAt
        lastAccessedAt
        expiresAt
      }
    }
  }
}`,
    },
    {
      title: "Set a sign-in policy",
      explains: "Five failed sign-ins lock the client; the counter starts at 0 again, and a lock is lifted.",
      document: `mutation SetSignInPolicy($input: SetSignInPolicyInput!) {
  setSignInPolicy(input: $input) {
    client {
      clientId
      status
      signInPolicy {
        threshold
        lock
        failedSignIns
        lockedUntil
      }
    }
  }
}`,
      variables: { input: { clientId: "{{clientId}}", threshold: 5, lock: "TEMPORARY", unlock: true } },
    },
    {
      title: "Reset a password",
      explains: "The client gets a password that is shown once and must be changed at its next sign-in.",
      document: `mutation SetOneTimePassword($input: OneTimePasswordInput!) {
  setOneTimePassword(input: $input) {
    password
    client {
      clientId
    }
  }
}`,
      variables: { input: { clientId: "{{clientId}}" } },
    },
    {
      title: "Failed sign-ins",
      explains: "Who was tried, and from where.",
      document: `query FailedSignIns {
  auditEvents(first: 20, filter: { event: "signIn.failed" }) {
    edges {
      node {
        at
        address
        targetKind
        targetId
        after
      }
    }
  }
}`,
    },
  ],
};
