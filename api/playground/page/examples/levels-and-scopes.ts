import type { ExampleGroup } from "./example.js";

export const levelsAndScopes: ExampleGroup = {
  title: "Levels, scopes and access",
  examples: [
    {
      title: "Groups a client may be given",
      explains: "Within its security level, and not held yet.",
      document: `query AssignableGroups($clientId: String!) {
  assignableGroups(clientId: $clientId, first: 20) {
    totalCount
    edges {
      node {
        id
        name
        securityLevel
      }
    }
  }
}`,
      variables: { clientId: "{{clientId}}" },
    },
    {
      title: "Set a client's security level",
      explains: "Lowering it names what is in the way; with detach it is taken away.",
      document: `mutation SetClientSecurityLevel($input: SetClientSecurityLevelInput!) {
  setClientSecurityLevel(input: $input) {
    id
    securityLevel
    groups {
      name
      securityLevel
    }
  }
}`,
      variables: { input: { clientId: "{{clientId}}", securityLevel: "B" } },
    },
    {
      title: "Create a scope",
      explains: "A named set of groups, in the syntax of OAuth.",
      document: `mutation CreateScope($input: CreateScopeInput!) {
  createScope(input: $input) {
    id
    name
    groups {
      name
    }
  }
}`,
      variables: { input: { name: "orders:read-{{suffix}}", groupIds: ["{{groupId}}"] } },
      remembers: { scopeId: "createScope.id" },
    },
    {
      title: "Give a client a scope",
      explains: "Its keys hold it when they hold all of its groups.",
      document: `mutation AddClientScopes($input: ClientScopesInput!) {
  addClientScopes(input: $input) {
    id
    scopes {
      name
    }
  }
}`,
      variables: { input: { clientId: "{{clientId}}", scopeIds: ["{{scopeId}}"] } },
    },
    {
      title: "Open access requests",
      explains: "What clients have asked for; decideAccessRequest approves or denies.",
      document: `query OpenAccessRequests {
  accessRequests(first: 20, filter: { status: OPEN }) {
    totalCount
    edges {
      node {
        id
        client {
          clientId
        }
        group {
          name
        }
        reason
        createdAt
      }
    }
  }
}`,
    },
    {
      title: "Mails",
      explains: "Sent, waiting, or kept here where no mail server is configured.",
      document: `query Mails {
  notifications(first: 20) {
    totalCount
    edges {
      node {
        kind
        recipients
        subject
        body
        status
        lastError
        createdAt
      }
    }
  }
}`,
    },
  ],
};
