import type { ExampleGroup } from "./example.js";

export const manage: ExampleGroup = {
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
};
