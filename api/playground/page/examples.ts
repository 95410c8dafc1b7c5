/**
 * The operations the playground offers. `{{name}}` in a variable is filled when the example is opened:
 * with a result remembered from an earlier example, or with one of the values made by `fill-in.ts`.
 */
export interface Example {
  readonly title: string;
  /** The place in the five-minute path. */
  readonly step?: number;
  readonly explains: string;
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Name for later examples -> where the answer's data holds the value. */
  readonly remembers?: Readonly<Record<string, string>>;
}

export interface ExampleGroup {
  readonly title: string;
  readonly examples: readonly Example[];
}

export const exampleGroups: readonly ExampleGroup[] = [
  {
    title: "Start here",
    examples: [
      {
        title: "Who am I",
        explains: "The account this page is signed in with.",
        document: `query WhoAmI {
  me {
    id
    kind
    name
    role
  }
}`,
      },
    ],
  },
  {
    title: "From nothing to a verdict",
    examples: [
      {
        title: "Create a region",
        step: 1,
        explains: "Regions are the top of the catalogue.",
        document: `mutation CreateRegion($input: CreateRegionInput!) {
  createRegion(input: $input) {
    id
    code
    name
  }
}`,
        variables: { input: { code: "eu-{{suffix}}", name: "Europe {{suffix}}" } },
        remembers: { regionId: "createRegion.id" },
      },
      {
        title: "Create a collection",
        step: 2,
        explains: "A collection holds the APIs of one server.",
        document: `mutation CreateCollection($input: CreateCollectionInput!) {
  createCollection(input: $input) {
    id
    name
    baseUrl
  }
}`,
        variables: {
          input: {
            regionId: "{{regionId}}",
            name: "Orders {{suffix}}",
            serverName: "orders-{{suffix}}",
            baseUrl: "https://orders-{{suffix}}.example.com",
          },
        },
        remembers: { collectionId: "createCollection.id" },
      },
      {
        title: "Add a REST API",
        step: 3,
        explains: "One method and path that callers may be allowed to use.",
        document: `mutation CreateApi($input: CreateApiInput!) {
  createApi(input: $input) {
    id
    name
    method
    path
  }
}`,
        variables: {
          input: {
            collectionId: "{{collectionId}}",
            kind: "REST",
            name: "List orders {{suffix}}",
            method: "GET",
            path: "/orders-{{suffix}}",
          },
        },
        remembers: { apiId: "createApi.id", apiMethod: "createApi.method", apiPath: "createApi.path" },
      },
      {
        title: "Create an authority group",
        step: 4,
        explains: "A group names the APIs that its members may call.",
        document: `mutation CreateAuthorityGroup($input: CreateAuthorityGroupInput!) {
  createAuthorityGroup(input: $input) {
    id
    name
    securityLevel
  }
}`,
        variables: {
          input: {
            name: "orders-read-{{suffix}}",
            description: "Read orders",
            securityLevel: "C",
            apiIds: ["{{apiId}}"],
          },
        },
        remembers: { groupId: "createAuthorityGroup.id" },
      },
      {
        title: "Create a client",
        step: 5,
        explains: "The program or partner that will hold the key.",
        document: `mutation CreateClient($input: CreateClientInput!) {
  createClient(input: $input) {
    id
    clientId
    displayName
    status
  }
}`,
        variables: {
          input: {
            clientId: "shop-{{suffix}}",
            name: "shop-{{suffix}}",
            displayName: "Web shop {{suffix}}",
            note: "Made from the playground",
            groupIds: ["{{groupId}}"],
          },
        },
        remembers: { clientId: "createClient.id" },
      },
      {
        title: "Create an API key",
        step: 6,
        explains: "The secret is in the answer, this once.",
        document: `mutation CreateApiKey($input: CreateApiKeyInput!) {
  createApiKey(input: $input) {
    apiKey {
      id
      lookupId
      status
    }
    secret
  }
}`,
        variables: {
          input: {
            clientId: "{{clientId}}",
            name: "Orders key {{suffix}}",
            expiresAt: "{{inOneYear}}",
            groupIds: ["{{groupId}}"],
          },
        },
        remembers: { apiKeyId: "createApiKey.apiKey.id", secret: "createApiKey.secret" },
      },
      {
        title: "Verify: allowed",
        step: 7,
        explains: "Ask for a verdict as a gateway would.",
        document: `mutation VerifyAllowed($input: VerifyCredentialInput!) {
  verifyCredential(input: $input) {
    valid
    code
    message
    client {
      clientId
    }
    groups
    api {
      name
    }
  }
}`,
        variables: {
          input: { credential: "{{secret}}", api: { method: "{{apiMethod}}", path: "{{apiPath}}" } },
        },
      },
      {
        title: "Verify: refused",
        step: 8,
        explains: "The same key, where a group is demanded that it does not hold: GROUP_DENIED.",
        document: `mutation VerifyRefused($input: VerifyCredentialInput!) {
  verifyCredential(input: $input) {
    valid
    code
    message
    client {
      clientId
    }
    groups
    api {
      name
    }
  }
}`,
        variables: {
          input: {
            credential: "{{secret}}",
            api: { method: "{{apiMethod}}", path: "{{apiPath}}" },
            groups: ["orders-write"],
          },
        },
      },
    ],
  },
  {
    title: "Look around",
    examples: [
      {
        title: "Clients with their keys",
        explains: "One round trip, whatever the number of clients.",
        document: `query ClientsWithKeys {
  clients(first: 20) {
    totalCount
    edges {
      node {
        id
        clientId
        displayName
        status
        apiKeys(first: 10) {
          edges {
            node {
              id
              name
              lookupId
              status
              expiresAt
            }
          }
        }
      }
    }
  }
}`,
      },
      {
        title: "Find keys",
        explains: "Search the keys that work today.",
        document: `query FindKeys($search: String) {
  apiKeys(first: 20, search: $search, filter: { status: ACTIVE }) {
    totalCount
    edges {
      node {
        id
        name
        lookupId
        status
        expiresAt
      }
    }
  }
}`,
        variables: { search: "Orders key" },
      },
      {
        title: "Recent audit events",
        explains: "Who changed what, and when.",
        document: `query RecentAuditEvents {
  auditEvents(first: 20) {
    edges {
      node {
        at
        event
        actorName
        targetKind
        targetId
      }
    }
  }
}`,
      },
    ],
  },
  {
    title: "Manage",
    examples: [
      {
        title: "Change a client",
        explains: "Fields left out stay as they are.",
        document: `mutation UpdateClient($input: UpdateClientInput!) {
  updateClient(input: $input) {
    id
    displayName
    note
    priority
  }
}`,
        variables: { input: { id: "{{clientId}}", note: "Changed in the playground", priority: 3 } },
      },
      {
        title: "Limit when and from where",
        explains: "Outside of the windows, or from another address, the client's keys are refused.",
        document: `mutation LimitClient($input: UpdateClientInput!) {
  updateClient(input: $input) {
    id
    expiresAt
    serviceTime {
      timeZone
      windows {
        days
        opens
        closes
      }
    }
    hostBindings {
      name
      match
    }
  }
}`,
        variables: {
          input: {
            id: "{{clientId}}",
            expiresAt: "2099-12-31",
            serviceTime: {
              timeZone: "Europe/Berlin",
              windows: [{ days: ["FRIDAY", "SATURDAY"], opens: "22:00", closes: "02:00" }],
            },
            hostBindings: [{ name: "office", match: "192.0.2.0/24" }],
          },
        },
      },
      {
        title: "Lift the limits",
        explains: "Null clears what can be cleared.",
        document: `mutation LiftLimits($input: UpdateClientInput!) {
  updateClient(input: $input) {
    id
    expiresAt
    serviceTime {
      timeZone
    }
    hostBindings {
      name
    }
  }
}`,
        variables: { input: { id: "{{clientId}}", expiresAt: null, serviceTime: null, hostBindings: [] } },
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
        title: "Add a user",
        explains: "A member manages only their own keys.",
        document: `mutation CreateUser($input: CreateUserInput!) {
  createUser(input: $input) {
    id
    userName
    role
  }
}`,
        variables: { input: { userName: "member-{{suffix}}", password: "choose-your-own-{{suffix}}", role: "MEMBER" } },
      },
      {
        title: "Make a key for a script",
        explains: "Your own key for this API, narrowed to reading clients and keys.",
        document: `mutation CreateScriptKey($input: CreateApiKeyInput!) {
  scriptKey: createApiKey(input: $input) {
    apiKey {
      id
      permissions
      expiresAt
    }
    secret
  }
}`,
        variables: {
          input: {
            name: "Script {{suffix}}",
            expiresAt: "{{inOneYear}}",
            scopes: ["clients:read", "keys:read"],
          },
        },
      },
    ],
  },
  {
    title: "Sign-ins",
    examples: [
      {
        title: "Your sessions",
        explains: "Where you are signed in. Filter by `userId` or `clientId` for those of somebody else.",
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
  },
  {
    title: "Take back",
    examples: [
      {
        title: "Revoke a key",
        explains: "For good; its row stays, with who, when and why.",
        document: `mutation RevokeApiKey($input: RevokeApiKeyInput!) {
  revokeApiKey(input: $input) {
    id
    lookupId
    status
  }
}`,
        variables: { input: { id: "{{apiKeyId}}", reason: "No longer needed" } },
      },
      {
        title: "Delete a client",
        explains: "Takes its keys and sessions along. Its client id is never given again.",
        document: `mutation DeleteClient($input: DeleteClientInput!) {
  deleteClient(input: $input) {
    id
    clientId
  }
}`,
        variables: { input: { id: "{{clientId}}", confirm: true } },
      },
    ],
  },
];

export const examples: readonly Example[] = exampleGroups.flatMap((group) => group.examples);
