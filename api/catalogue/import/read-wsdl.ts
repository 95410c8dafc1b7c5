import { LeftOut } from "./left-out.js";
import { parseWsdl, type Wsdl, type WsdlBinding, type WsdlOperation, type WsdlPort } from "./parse-wsdl.js";
import { line, prose } from "./printable.js";
import {
  DocumentProblem,
  type ReadDocument,
  type ReadSoapOperation,
  refuseTooMany,
  type WsdlRequest,
} from "./read-document.js";

/** What a header can carry as an action. */
const HEADER_TEXT = /^[\x21\x23-\x7e]{1,500}$/;

/** Reads the operations that the SOAP ports of a WSDL 1.1 document offer. */
export function readWsdl({ document, endpoint, ignoreExternalReferences }: WsdlRequest): ReadDocument {
  if (document.trim() === "") throw new DocumentProblem("is empty");
  const wsdl = parseWsdl(document, ignoreExternalReferences);
  const reader = new PortsReader(wsdl, endpoint);
  for (const port of wsdl.ports) reader.readPort(port);
  const { operations, leftOut } = reader;
  const { skipped, skippedCount, warnings, unread } = leftOut;
  if (operations.length === 0) {
    throw new DocumentProblem(`has no SOAP port with an operation${skipped[0] ? `: ${skipped[0].reason}` : ""}`);
  }
  const servers = [...new Set(operations.flatMap((operation) => operation.endpoint ?? []))];
  const title = line(wsdl.name, 200);
  return { title, operations, skipped, skippedCount, warnings, unread, servers: servers.slice(0, 20) };
}

class PortsReader {
  readonly operations: ReadSoapOperation[] = [];
  readonly leftOut = new LeftOut();
  private readonly taken = new Map<string, string>();

  constructor(
    private readonly wsdl: Wsdl,
    private readonly endpoint: string | null,
  ) {}

  readPort(port: WsdlPort): void {
    const binding = this.wsdl.bindings.get(port.binding);
    if (!binding) {
      this.leftOut.unread.add(line(port.name, 200));
      return this.leftOut.skip(`port ${port.name}`, "its binding is not in the document");
    }
    if (!binding.soap) return this.leftOut.skip(`port ${port.name}`, "its binding is not one of SOAP");
    const endpoint = this.endpoint ?? this.addressOf(port);
    for (const operation of binding.operations) this.readOperation(port, binding, operation, endpoint);
  }

  private readOperation(port: WsdlPort, binding: WsdlBinding, read: WsdlOperation, endpoint: string | null): void {
    const name = line(read.name, 100);
    const soapAction = HEADER_TEXT.test(read.soapAction) ? read.soapAction : null;
    const operation = read.name.length <= 200 && HEADER_TEXT.test(read.name) ? read.name : null;
    if (soapAction === null && read.soapAction !== "")
      return this.leftOut.skip(name, "no header can carry its SOAP action");
    const identity = soapAction ?? operation;
    if (name === "" || identity === null)
      return this.leftOut.skip(name, "has neither an action nor a name that a header can carry");

    const key = `${endpoint ?? ""} ${identity}`;
    const same = this.taken.get(key);
    // The ports of SOAP 1.1 and 1.2 offer one operation under one action.
    if (same === read.name) return;
    if (same !== undefined) return this.leftOut.skip(name, `has the same action as ${same}`);
    this.taken.set(key, read.name);
    const description = this.wsdl.portTypes.get(binding.portType)?.get(read.name) ?? "";
    this.operations.push({
      kind: "SOAP",
      name,
      description: prose(description, 2_000),
      endpoint,
      soapAction,
      operation,
      port: line(port.name, 200),
    });
    refuseTooMany(this.operations);
  }

  /** Generators leave a placeholder where they know no address. */
  private addressOf({ name, address }: WsdlPort): string | null {
    if (/^https?:\/\/[^#\s]+$/i.test(address) && URL.canParse(address) && address.length <= 2_000) return address;
    this.leftOut.warn(
      `Port ${name} has no http or https address: its operations are called at the base URL of the collection.`,
    );
    return null;
  }
}
