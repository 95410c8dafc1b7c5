import type { HttpMethod } from "../api.entity.js";

/** Of one document. More would be no list that anybody looks through. */
export const OPERATIONS_MAX = 10_000;

export interface ReadRestOperation {
  readonly kind: "REST";
  readonly name: string;
  readonly description: string;
  readonly method: `${HttpMethod}`;
  readonly path: string;
}

export interface ReadSoapOperation {
  readonly kind: "SOAP";
  readonly name: string;
  readonly description: string;
  /** Null: the document names none that can be called. */
  readonly endpoint: string | null;
  readonly soapAction: string | null;
  readonly operation: string | null;
  readonly port: string;
}

export type ReadOperation = ReadRestOperation | ReadSoapOperation;

/** What was left out, and why. */
export interface Skipped {
  readonly name: string;
  readonly reason: string;
}

/** What a document says of the operations of a server. */
export interface ReadDocument {
  readonly title: string;
  readonly operations: readonly ReadOperation[];
  readonly skipped: readonly Skipped[];
  readonly skippedCount: number;
  readonly warnings: readonly string[];
  /** Shapes of paths, or names of ports, of which it is not known what they offer: nothing there counts as gone. */
  readonly unread: ReadonlySet<string>;
  /** The URLs of the servers that offer them, where the document names some. */
  readonly servers: readonly string[];
}

export interface OpenApiRequest {
  readonly format: "OPEN_API";
  readonly document: string;
  readonly pathPrefix: string;
  readonly ignoreExternalReferences: boolean;
}

export interface WsdlRequest {
  readonly format: "WSDL";
  readonly document: string;
  /** In place of the addresses in the document. */
  readonly endpoint: string | null;
  readonly ignoreExternalReferences: boolean;
}

export type ReadRequest = OpenApiRequest | WsdlRequest;

/** Why a document is refused, in words for its sender. */
export class DocumentProblem extends Error {
  override readonly name = "DocumentProblem";
}

export function refuseTooMany(operations: readonly unknown[]): void {
  if (operations.length > OPERATIONS_MAX) throw new DocumentProblem(`has more than ${OPERATIONS_MAX} operations`);
}

export function externalReference(place: string): DocumentProblem {
  return new DocumentProblem(
    `refers to another document at ${place}, and none is ever fetched: put all into one document, or set ignoreExternalReferences`,
  );
}
