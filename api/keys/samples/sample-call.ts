import { type Api, ApiKind } from "../../catalogue/api.entity.js";
import type { Collection } from "../../catalogue/collection.entity.js";

/** A call as a sample makes it, the header of the key left out. */
export interface SampleCall {
  readonly title: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

const JSON_TYPE = { "Content-Type": "application/json" } as const;
const WITH_BODY: readonly (string | null)[] = ["POST", "PUT", "PATCH"];
const ENVELOPE =
  '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body></soap:Body></soap:Envelope>';

/** Of an API of the catalogue, at its server. */
export function callOfApi(api: Api, { baseUrl }: Collection): SampleCall {
  if (api.kind === ApiKind.SOAP) {
    return {
      title: `SOAP ${api.operation ?? api.soapAction ?? api.name}`,
      method: "POST",
      url: api.endpoint ?? baseUrl,
      // SOAP 1.1, section 6.1.1: the action stands in quotes.
      headers: { "Content-Type": "text/xml; charset=utf-8", SOAPAction: `"${api.soapAction ?? ""}"` },
      body: ENVELOPE,
    };
  }
  const hasBody = WITH_BODY.includes(api.method);
  return {
    title: `${api.method} ${api.path}`,
    method: api.method ?? "GET",
    url: baseUrl.replace(/\/$/, "") + (api.path ?? ""),
    headers: hasBody ? JSON_TYPE : {},
    body: hasBody ? "{}" : null,
  };
}

/** Of a user's key, which is for Latchkey itself. */
export function callOfLatchkey(publicUrl: string): SampleCall {
  return {
    title: "Who the key is",
    method: "POST",
    url: `${publicUrl}/graphql`,
    headers: JSON_TYPE,
    body: JSON.stringify({ query: "{ me { name role } }" }),
  };
}
