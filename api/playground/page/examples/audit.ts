import type { ExampleGroup } from "./example.js";

export const audit: ExampleGroup = {
  title: "Audit",
  examples: [
    {
      title: "Recent audit events",
      explains: "Who changed what, when, and from where.",
      document: `query RecentAuditEvents {
  auditEvents(first: 20) {
    edges {
      node {
        number
        at
        event
        actorName
        address
        targetKind
        targetId
      }
    }
  }
}`,
    },
    {
      title: "Find audit events",
      explains:
        "By kind and time; also by actorId, targetId, requestId and transactionRef. The search looks into all texts.",
      document: `query FindAuditEvents($search: String, $filter: AuditEventFilter) {
  auditEvents(first: 20, search: $search, filter: $filter) {
    totalCount
    edges {
      node {
        at
        event
        actorName
        actorRole
        requestId
        transactionRef
        reason
        before
        after
      }
    }
  }
}`,
      variables: {
        search: "admin",
        filter: { event: "apiKey.created", from: "2026-01-01T00:00:00Z", until: "{{inOneYear}}" },
      },
    },
    {
      title: "Failed sign-ins",
      explains: "With the address that each came from.",
      document: `query FailedSignIns {
  auditEvents(first: 20, filter: { event: "signIn.failed" }) {
    edges {
      node {
        at
        targetKind
        targetId
        address
        after
      }
    }
  }
}`,
    },
    {
      title: "Verify the chain",
      explains: "Whether any event was changed or removed. Keep the checkpoint, and give it as known the next time.",
      document: `query VerifyAuditChain($known: [AuditChainPointInput!]) {
  auditChain(events: 50000, known: $known) {
    valid
    firstBreak {
      problem
      number
      eventId
      message
    }
    verified
    verifiedTo {
      number
      hash
    }
    complete
    checkpoint {
      number
      hash
      at
    }
  }
}`,
      variables: { known: [] },
    },
  ],
};
