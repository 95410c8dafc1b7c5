/** What the company's teams hand over: documents as they have them. */
export const SHIPMENTS_API = `
openapi: 3.0.3
info: { title: Shipments, version: 2.4.0 }
paths:
  /shipments:
    get: { operationId: listShipments, summary: List shipments, responses: { "200": { description: A page } } }
    post: { operationId: bookShipment, summary: Book a shipment, responses: { "201": { description: Booked } } }
  /shipments/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { operationId: readShipment, summary: Read a shipment, responses: { "200": { description: It } } }
    delete: { operationId: cancelShipment, summary: Cancel a shipment, responses: { "204": { description: Cancelled } } }
  /rates:
    get: { operationId: quoteRate, summary: Quote a rate, responses: { "200": { description: A rate } } }
`;

export const TRACKING_API = `
openapi: 3.1.0
info: { title: Tracking, version: 1.9.1 }
paths:
  /parcels/{number}/events:
    parameters: [{ name: number, in: path, required: true, schema: { type: string } }]
    get: { operationId: trackParcel, summary: Track a parcel, responses: { "200": { description: Events } } }
  /hooks:
    post: { operationId: registerHook, summary: Register a hook, responses: { "201": { description: Registered } } }
`;

function wsdl(name: string, operations: readonly string[]): string {
  const names = operations.map((each) => `<operation name="${each}"/>`).join("");
  const bound = operations
    .map((each) => `<operation name="${each}"><soap:operation soapAction="urn:nordfrakt:${name}#${each}"/></operation>`)
    .join("");
  return `<?xml version="1.0"?>
<definitions name="${name}" targetNamespace="urn:nordfrakt:${name}" xmlns="http://schemas.xmlsoap.org/wsdl/"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:tns="urn:nordfrakt:${name}">
  <portType name="${name}Port">${names}</portType>
  <binding name="${name}Binding" type="tns:${name}Port">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>${bound}
  </binding>
  <service name="${name}Service"><port name="${name}" binding="tns:${name}Binding">
    <soap:address location="https://soap.nordfrakt.example/${name.toLowerCase()}"/>
  </port></service>
</definitions>`;
}

export const CUSTOMS_WSDL = wsdl("Customs", ["DeclareGoods", "ReadDeclaration", "PayDuty"]);
export const BILLING_WSDL = wsdl("Billing", ["GetInvoice", "ListInvoices"]);
