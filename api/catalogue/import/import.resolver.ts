import { Arg, Mutation, Resolver } from "type-graphql";
import type { Call } from "../../access/call.js";
import { CurrentCall } from "../../graphql/context.js";
import { Policy } from "../../graphql/policy.js";
import type { ImportService } from "./import.service.js";
import { CatalogueImport, ImportOpenApiInput, ImportWsdlInput } from "./import.types.js";

@Resolver()
export class ImportResolver {
  constructor(private readonly service: ImportService) {}

  @Policy("catalogue:write")
  @Mutation(() => CatalogueImport, {
    description:
      "Make the REST APIs of a collection what an OpenAPI document says: new ones are added, descriptions follow, gone ones are delisted. Importing the same document again changes nothing. An API is recognised by its method and template, whatever its parameters are called. Errors: INVALID_INPUT (what is wrong with the document, and where), RATE_LIMITED (too many documents are being read).",
  })
  importOpenApi(@CurrentCall() call: Call, @Arg("input", () => ImportOpenApiInput) input: ImportOpenApiInput) {
    return this.service.importOpenApi(call, input);
  }

  @Policy("catalogue:write")
  @Mutation(() => CatalogueImport, {
    description:
      "Make the SOAP APIs of a collection what a WSDL 1.1 document says, as `importOpenApi` does with REST ones. An API is recognised by its endpoint and action, or by its action alone where the endpoint has changed. Errors: as there.",
  })
  importWsdl(@CurrentCall() call: Call, @Arg("input", () => ImportWsdlInput) input: ImportWsdlInput) {
    return this.service.importWsdl(call, input);
  }
}
