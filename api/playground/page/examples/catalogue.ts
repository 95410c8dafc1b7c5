import type { ExampleGroup } from "./example.js";

export const catalogue: ExampleGroup = {
  title: "Catalogue",
  examples: [
    {
      title: "Browse the catalogue",
      explains: "A region's APIs with the groups that grant them.",
      document: `query BrowseCatalogue($regionId: ID!) {
  apis(regionId: $regionId, first: 20) {
    totalCount
    edges {
      node {
        id
        kind
        name
        method
        path
        soapAction
        status
        collection {
          name
          serverName
        }
        groups {
          name
        }
      }
    }
  }
}`,
      variables: { regionId: "{{regionId}}" },
    },
    {
      title: "Import an OpenAPI document",
      explains: "A dry run: it tells what would change. With dryRun: false the collection follows the document.",
      document: `mutation ImportOpenApi($input: ImportOpenApiInput!) {
  importOpenApi(input: $input) {
    title
    addedCount
    changedCount
    goneCount
    unchangedCount
    added {
      name
      method
      path
    }
    skipped {
      name
      reason
    }
    warnings
  }
}`,
      variables: {
        input: {
          collectionId: "{{collectionId}}",
          dryRun: true,
          gone: "KEEP",
          document: `openapi: 3.1.0
info: { title: Orders, version: "1" }
paths:
  /orders:
    get: { summary: List orders }
    post: { summary: Place an order }
`,
        },
      },
    },
    {
      title: "Import a WSDL document",
      explains: "A dry run, of the one operation that the document's SOAP port offers.",
      document: `mutation ImportWsdl($input: ImportWsdlInput!) {
  importWsdl(input: $input) {
    title
    addedCount
    added {
      name
      soapAction
      operation
      endpoint
    }
    skipped {
      name
      reason
    }
    warnings
  }
}`,
      variables: {
        input: {
          collectionId: "{{collectionId}}",
          dryRun: true,
          document: `<definitions name="Orders" targetNamespace="urn:orders" xmlns="http://schemas.xmlsoap.org/wsdl/"
    xmlns:tns="urn:orders" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/">
  <portType name="Orders"><operation name="ReadOrder"/></portType>
  <binding name="Orders" type="tns:Orders">
    <soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="ReadOrder"><soap:operation soapAction="urn:orders#Read"/></operation>
  </binding>
  <service name="Orders">
    <port name="Orders" binding="tns:Orders"><soap:address location="https://orders.example.com/soap"/></port>
  </service>
</definitions>`,
        },
      },
    },
    {
      title: "Add a SOAP API",
      explains: "Its calls are recognised by their SOAP action.",
      document: `mutation CreateSoapApi($input: CreateApiInput!) {
  soapApi: createApi(input: $input) {
    id
    soapAction
    operation
    endpoint
  }
}`,
      variables: {
        input: {
          collectionId: "{{collectionId}}",
          kind: "SOAP",
          name: "Cancel an order",
          endpoint: "https://orders.example.com/soap",
          soapAction: "urn:orders:{{suffix}}#Cancel",
          operation: "CancelOrder",
        },
      },
      remembers: { soapApiId: "soapApi.id" },
    },
    {
      title: "Add APIs to a group",
      explains: "Whoever holds the group may call them at once.",
      document: `mutation AddGroupApis($input: AuthorityGroupApisInput!) {
  addGroupApis(input: $input) {
    id
    apiCount
    apis(first: 10) {
      name
    }
  }
}`,
      variables: { input: { groupId: "{{groupId}}", apiIds: ["{{soapApiId}}"] } },
    },
    {
      title: "Take an API out of a group",
      explains: "Its holders lose it at once, unless another group grants it.",
      document: `mutation RemoveGroupApis($input: AuthorityGroupApisInput!) {
  removeGroupApis(input: $input) {
    id
    apiCount
  }
}`,
      variables: { input: { groupId: "{{groupId}}", apiIds: ["{{soapApiId}}"] } },
    },
    {
      title: "Change an API",
      explains: "Delisted, every call of it is refused; it stays in its groups.",
      document: `mutation UpdateApi($input: UpdateApiInput!) {
  updateApi(input: $input) {
    id
    status
    description
  }
}`,
      variables: { input: { id: "{{soapApiId}}", status: "DELISTED", description: "Until the new one is ready" } },
    },
    {
      title: "Delete an API",
      explains: "One that a group grants is deleted only with confirm: true.",
      document: `mutation DeleteApi($input: DeleteApiInput!) {
  deleteApi(input: $input) {
    id
    name
  }
}`,
      variables: { input: { id: "{{soapApiId}}" } },
    },
    {
      title: "Rename a collection",
      explains: "Gateways that name it by region code and name must follow.",
      document: `mutation UpdateCollection($input: UpdateCollectionInput!) {
  updateCollection(input: $input) {
    id
    name
    serverName
    region {
      code
    }
  }
}`,
      variables: { input: { id: "{{collectionId}}", name: "Orders {{suffix}}", serverName: "orders-2" } },
    },
  ],
};
