/** What a request for a verdict may tell in its headers. */
export interface CallHeaders {
  apiKey: string | undefined;
  authorization: string | undefined;
  gatewayKey: string | undefined;
  contentType: string | undefined;
  contentLength: string | undefined;
  transferEncoding: string | undefined;
  requestId: string | undefined;
  transactionRef: string | undefined;
  forwardedFor: string | undefined;
  forwardedMethod: string | undefined;
  originalMethod: string | undefined;
  forwardedUri: string | undefined;
  originalUri: string | undefined;
  originalUrl: string | undefined;
  soapAction: string | undefined;
  collection: string | undefined;
  /** What came in more than one line. Node would join some of these and drop others, unseen. */
  repeated: (keyof CallHeaders)[] | undefined;
}

type Field = Exclude<keyof CallHeaders, "repeated">;

const FIELDS: Readonly<Record<string, Field>> = {
  authorization: "authorization",
  "x-latchkey-gateway-key": "gatewayKey",
  "content-type": "contentType",
  "content-length": "contentLength",
  "transfer-encoding": "transferEncoding",
  "x-request-id": "requestId",
  "x-transaction-ref": "transactionRef",
  "x-forwarded-for": "forwardedFor",
  "x-forwarded-method": "forwardedMethod",
  "x-original-method": "originalMethod",
  "x-forwarded-uri": "forwardedUri",
  "x-original-uri": "originalUri",
  "x-original-url": "originalUrl",
  soapaction: "soapAction",
  "x-latchkey-collection": "collection",
};

/** Reads them in one pass over the lines as they came. `apiKeyHeader` is in lower case. */
export function callHeadersReader(apiKeyHeader: string): (rawHeaders: readonly string[]) => CallHeaders {
  const fields = new Map<string, Field>([...Object.entries(FIELDS), [apiKeyHeader, "apiKey"]]);
  return (rawHeaders) => {
    const headers = noHeaders();
    for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
      const name = rawHeaders[index] as string;
      const field = fields.get(name) ?? fields.get(name.toLowerCase());
      if (field !== undefined) take(headers, field, rawHeaders[index + 1] as string);
    }
    return headers;
  };
}

function take(headers: CallHeaders, field: Field, value: string): void {
  const before = headers[field];
  if (before === undefined) {
    headers[field] = value;
    return;
  }
  // A list over several lines is one list (RFC 9110 section 5.3).
  if (field === "forwardedFor") headers.forwardedFor = `${before}, ${value}`;
  // Other schemes of Authorization are somebody else's.
  else if (field === "authorization" && !isBearer(before)) headers.authorization = value;
  else if (field !== "authorization" || isBearer(value)) (headers.repeated ??= []).push(field);
}

/** The scheme is case-insensitive (RFC 9110 section 11.1). */
export function isBearer(value: string): boolean {
  return /^\s*bearer(?:\s|$)/i.test(value);
}

function noHeaders(): CallHeaders {
  return {
    apiKey: undefined,
    authorization: undefined,
    gatewayKey: undefined,
    contentType: undefined,
    contentLength: undefined,
    transferEncoding: undefined,
    requestId: undefined,
    transactionRef: undefined,
    forwardedFor: undefined,
    forwardedMethod: undefined,
    originalMethod: undefined,
    forwardedUri: undefined,
    originalUri: undefined,
    originalUrl: undefined,
    soapAction: undefined,
    collection: undefined,
    repeated: undefined,
  };
}
