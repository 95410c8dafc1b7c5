import { SaxesParser, type SaxesTagNS } from "saxes";
import { DocumentProblem, externalReference } from "./read-document.js";

const WSDL = "http://schemas.xmlsoap.org/wsdl/";
const SOAP_BINDINGS = new Set(["http://schemas.xmlsoap.org/wsdl/soap/", "http://schemas.xmlsoap.org/wsdl/soap12/"]);
const SCHEMA = "http://www.w3.org/2001/XMLSchema";
const DEPTH_MAX = 200;

export interface WsdlOperation {
  readonly name: string;
  soapAction: string;
  documentation: string;
}

export interface WsdlBinding {
  /** Of its port type, as `{namespace}name`. */
  readonly portType: string;
  soap: boolean;
  readonly operations: WsdlOperation[];
}

export interface WsdlPort {
  readonly name: string;
  /** As `{namespace}name`. */
  readonly binding: string;
  address: string;
}

/** The parts of a WSDL 1.1 document that say which operations are called where. */
export interface Wsdl {
  name: string;
  readonly ports: WsdlPort[];
  readonly bindings: Map<string, WsdlBinding>;
  /** Documentation of operations: port type -> operation -> text. */
  readonly portTypes: Map<string, Map<string, string>>;
}

/**
 * Reads WSDL 1.1 in one pass. A document type declaration is refused, whatever it holds: entities are what hostile
 * documents are made of, and SOAP forbids it anyway (SOAP 1.1 section 3).
 */
export function parseWsdl(text: string, ignoreExternalReferences: boolean): Wsdl {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const reader = new WsdlReader((name) => qualify(parser, name), ignoreExternalReferences);
  const here = (): string => `line ${parser.line}, column ${parser.column}`;
  parser.on("doctype", () => {
    throw new DocumentProblem(`has a document type declaration at ${here()}: take it out`);
  });
  parser.on("error", (error) => {
    throw new DocumentProblem(`is no valid XML: ${error.message}`);
  });
  parser.on("opentag", (tag) => reader.open(tag, here()));
  parser.on("closetag", () => reader.close());
  parser.on("text", (part) => reader.text(part));
  parser.on("cdata", (part) => reader.text(part));
  parser.write(text).close();
  return reader.wsdl;
}

function qualify(parser: { resolve(prefix: string): string | undefined }, name: string): string {
  const [prefix, local] = name.includes(":") ? name.split(":", 2) : ["", name];
  return `{${parser.resolve(prefix ?? "") ?? ""}}${local}`;
}

class WsdlReader {
  readonly wsdl: Wsdl = { name: "", ports: [], bindings: new Map(), portTypes: new Map() };
  private readonly path: string[] = [];
  private targetNamespace = "";
  private binding: WsdlBinding | undefined;
  private operation: WsdlOperation | undefined;
  private port: WsdlPort | undefined;
  private portType: Map<string, string> | undefined;
  private documented: string | undefined;

  constructor(
    private readonly qualify: (name: string) => string,
    private readonly ignoreExternalReferences: boolean,
  ) {}

  open(tag: SaxesTagNS, here: string): void {
    if (this.path.length >= DEPTH_MAX) throw new DocumentProblem(`is nested too deeply at ${here}`);
    const attribute = (name: string): string => tag.attributes[name]?.value ?? "";
    if (this.path.length === 0) this.openRoot(tag, attribute);
    else if (tag.uri === WSDL) this.openWsdl(tag.local, attribute, here);
    else if (SOAP_BINDINGS.has(tag.uri)) this.openSoap(tag.local, attribute);
    else if (tag.uri === SCHEMA) this.openSchema(tag.local, attribute, here);
    this.path.push(tag.uri === WSDL ? tag.local : "");
  }

  close(): void {
    this.path.pop();
  }

  /** Of `documentation` in an operation of a port type. */
  text(part: string): void {
    if (this.path.at(-1) !== "documentation" || this.path.at(-2) !== "operation" || !this.portType) return;
    const name = this.documented ?? "";
    this.portType.set(name, (this.portType.get(name) ?? "") + part);
  }

  private openRoot(tag: SaxesTagNS, attribute: (name: string) => string): void {
    if (tag.uri === "http://www.w3.org/ns/wsdl") throw new DocumentProblem("is WSDL 2.0: only WSDL 1.1 is read");
    if (tag.uri !== WSDL || tag.local !== "definitions") {
      throw new DocumentProblem(`is no WSDL 1.1: its root must be definitions of the namespace ${WSDL}`);
    }
    this.targetNamespace = attribute("targetNamespace");
    this.wsdl.name = attribute("name") || this.targetNamespace;
  }

  private openWsdl(local: string, attribute: (name: string) => string, here: string): void {
    const parent = this.path.at(-1);
    const own = `{${this.targetNamespace}}${attribute("name")}`;
    if (local === "import") this.refuseReference(attribute("location"), here);
    if (local === "portType" && parent === "definitions") {
      this.portType = new Map();
      this.binding = undefined;
      this.wsdl.portTypes.set(own, this.portType);
    } else if (local === "binding" && parent === "definitions") {
      this.portType = undefined;
      this.binding = { portType: this.qualify(attribute("type")), soap: false, operations: [] };
      this.wsdl.bindings.set(own, this.binding);
    } else if (local === "operation" && parent === "portType") {
      this.documented = attribute("name");
    } else if (local === "operation" && parent === "binding" && this.binding) {
      this.operation = { name: attribute("name"), soapAction: "", documentation: "" };
      this.binding.operations.push(this.operation);
    } else if (local === "service" && parent === "definitions") {
      this.wsdl.name = attribute("name") || this.wsdl.name;
    } else if (local === "port" && parent === "service") {
      this.port = { name: attribute("name"), binding: this.qualify(attribute("binding")), address: "" };
      this.wsdl.ports.push(this.port);
    }
  }

  private openSoap(local: string, attribute: (name: string) => string): void {
    const parent = this.path.at(-1);
    if (local === "binding" && parent === "binding" && this.binding) this.binding.soap = true;
    if (local === "operation" && parent === "operation" && this.operation) {
      this.operation.soapAction = attribute("soapAction").trim();
    }
    if (local === "address" && parent === "port" && this.port) this.port.address = attribute("location").trim();
  }

  private openSchema(local: string, attribute: (name: string) => string, here: string): void {
    if (["import", "include", "redefine"].includes(local)) this.refuseReference(attribute("schemaLocation"), here);
  }

  private refuseReference(location: string, here: string): void {
    if (location !== "" && !this.ignoreExternalReferences) throw externalReference(here);
  }
}
