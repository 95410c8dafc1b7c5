import { type FieldProblem, invalidInput } from "../errors.js";
import { type Api, ApiKind } from "./api.entity.js";
import { templateProblem, templateShape } from "./path-template.js";

/** What a call is recognised by: method and path of a REST operation, endpoint and action of a SOAP action. */
export type ApiAddress = Pick<
  Api,
  "kind" | "method" | "path" | "pathShape" | "endpoint" | "soapAction" | "operation" | "port" | "wsdlLocation"
>;

type GivenAddress = {
  readonly [Field in keyof Omit<ApiAddress, "kind" | "pathShape">]?: ApiAddress[Field] | undefined;
};

const REST_FIELDS = ["method", "path"] as const;
const SOAP_FIELDS = ["endpoint", "soapAction", "operation", "port", "wsdlLocation"] as const;

/** The address of an API with what an update gives in place of what it has. */
export function changeAddress(api: ApiAddress, given: GivenAddress): ApiAddress {
  const { kind, method, path, endpoint, soapAction, operation, port, wsdlLocation } = api;
  return readAddress(kind, { method, path, endpoint, soapAction, operation, port, wsdlLocation, ...given });
}

/** The whole address from what was given, or INVALID_INPUT: what the kind needs must be there, what it lacks must not. */
export function readAddress(kind: ApiKind, given: GivenAddress): ApiAddress {
  const address = {
    kind,
    method: given.method ?? null,
    path: given.path ?? null,
    pathShape: given.path == null ? null : templateShape(given.path),
    endpoint: given.endpoint ?? null,
    soapAction: given.soapAction || null,
    operation: given.operation ?? null,
    port: given.port ?? null,
    wsdlLocation: given.wsdlLocation ?? null,
  };
  const [first, ...others] = kind === ApiKind.REST ? problemsOfRest(address) : problemsOfSoap(address);
  if (first) throw invalidInput(first, ...others);
  return address;
}

function problemsOfRest(address: ApiAddress): FieldProblem[] {
  const problems: FieldProblem[] = [
    ...REST_FIELDS.filter((path) => address[path] === null).map((path) => ({ path, message: "a REST API needs it" })),
    ...SOAP_FIELDS.filter((path) => address[path] !== null).map((path) => ({
      path,
      message: "only a SOAP API has it",
    })),
  ];
  const problem = address.path === null ? undefined : templateProblem(address.path);
  return problem === undefined ? problems : [...problems, { path: "path", message: problem }];
}

function problemsOfSoap(address: ApiAddress): FieldProblem[] {
  const problems = REST_FIELDS.filter((path) => address[path] !== null).map((path) => ({
    path,
    message: "only a REST API has it",
  }));
  if (address.soapAction !== null || address.operation !== null) return problems;
  return [...problems, { path: "soapAction", message: "a SOAP API needs soapAction, operation or both" }];
}
