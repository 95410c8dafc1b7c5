/** An OpenAPI document with these paths, as a tree. */
export function openApi(paths: object, changes: object = {}) {
  return { openapi: "3.1.0", info: { title: "Orders", version: "1" }, paths, ...changes };
}

export const operation = (summary: string, changes: object = {}) => ({
  summary,
  responses: { 200: { description: "Done" } },
  ...changes,
});

/** In the shape of the large public ones: parameters in paths and shared, several servers, schemas that hold themselves. */
export function largeOpenApi(resources: number, schemas = 0) {
  const paths: Record<string, object> = {};
  for (let number = 0; number < resources; number++) {
    const name = `resource-${number}`;
    paths[`/${name}`] = {
      parameters: [{ $ref: "#/components/parameters/page" }],
      get: operation(`List ${name}`, { operationId: `${name}/list`, tags: ["list"] }),
      post: operation(`Create ${name}`, { description: "Makes one.\n\nAnswers with it." }),
    };
    paths[`/${name}/{${name}-id}`] = {
      get: operation(`Get ${name}`),
      patch: operation(`Update ${name}`),
      delete: operation(`Delete ${name}`, { deprecated: true }),
    };
    paths[`/${name}/{owner}/{repo.name}/compare/{base}...{head}`] = { get: operation(`Compare ${name}`) };
    paths[`/${name}/{id}:cancel`] = { post: operation(`Cancel ${name}`) };
  }
  const field = { type: "string", description: "A field of a schema, told at length. ".repeat(4) };
  const entries = Array.from({ length: schemas }, (_, number) => [
    `Schema${number}`,
    {
      type: "object",
      properties: { next: { $ref: `#/components/schemas/Schema${number}` }, a: field, b: field, c: field },
    },
  ]);
  return openApi(paths, {
    servers: [
      { url: "https://{region}.orders.example.com/v1", variables: { region: { default: "eu" } } },
      { url: "https://us.orders.example.com/v1" },
    ],
    components: {
      parameters: { page: { name: "page", in: "query", schema: { type: "integer" } } },
      schemas: Object.fromEntries(entries),
    },
    webhooks: { orderPlaced: { post: operation("Order placed") } },
  });
}

export interface WsdlOperation {
  readonly name: string;
  readonly action?: string;
  readonly documentation?: string;
}

export interface WsdlParts {
  readonly operations: readonly WsdlOperation[];
  readonly address?: string;
  readonly types?: string;
  readonly prolog?: string;
  readonly extra?: string;
}

/** A WSDL 1.1 document as tools make them: ports of SOAP 1.1, SOAP 1.2 and plain HTTP for one port type. */
export function wsdl({ operations, address = "https://orders.example.com/soap", ...parts }: WsdlParts): string {
  const each = (make: (operation: WsdlOperation) => string): string => operations.map(make).join("\n");
  const soapBinding = (name: string, prefix: string): string => `
  <wsdl:binding name="${name}" type="tns:OrdersPortType">
    <${prefix}:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    ${each(
      ({ name: operation, action = "" }) => `
    <wsdl:operation name="${operation}">
      <wsdl:documentation>Not this one</wsdl:documentation>
      <${prefix}:operation soapAction="${action}" style="document"/>
      <wsdl:input><${prefix}:body use="literal"/></wsdl:input>
    </wsdl:operation>`,
    )}
  </wsdl:binding>`;
  return `${parts.prolog ?? '<?xml version="1.0" encoding="utf-8"?>'}
<wsdl:definitions name="Orders" targetNamespace="urn:orders" xmlns:tns="urn:orders"
    xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" xmlns:http="http://schemas.xmlsoap.org/wsdl/http/"
    xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <wsdl:types>${parts.types ?? '<xsd:schema targetNamespace="urn:orders"><xsd:import namespace="urn:other"/></xsd:schema>'}</wsdl:types>
  ${parts.extra ?? ""}
  <wsdl:portType name="OrdersPortType">
    ${each(
      ({ name, documentation = "" }) => `
    <wsdl:operation name="${name}">
      <wsdl:documentation>${documentation}</wsdl:documentation>
      <wsdl:input message="tns:In"/>
    </wsdl:operation>`,
    )}
  </wsdl:portType>
  ${soapBinding("OrdersSoap", "soap")}
  ${soapBinding("OrdersSoap12", "soap12")}
  <wsdl:binding name="OrdersHttp" type="tns:OrdersPortType"><http:binding verb="GET"/></wsdl:binding>
  <wsdl:service name="OrdersService">
    <wsdl:port name="OrdersSoap" binding="tns:OrdersSoap"><soap:address location="${address}"/></wsdl:port>
    <wsdl:port name="OrdersSoap12" binding="tns:OrdersSoap12"><soap12:address location="${address}"/></wsdl:port>
    <wsdl:port name="OrdersHttp" binding="tns:OrdersHttp"><http:address location="${address}"/></wsdl:port>
  </wsdl:service>
</wsdl:definitions>`;
}
