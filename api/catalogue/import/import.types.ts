import { Length, Matches } from "class-validator";
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { IdField, InputField, TextField, UrlField } from "../../graphql/fields.js";
import { Api, ApiKind, HttpMethod } from "../api.entity.js";

/** Of each list in an answer; the counts are whole. */
export const LISTED_MAX = 1_000;

export enum GoneApis {
  DELIST = "DELIST",
  KEEP = "KEEP",
}

registerEnumType(GoneApis, {
  name: "GoneApis",
  description:
    "What becomes of listed APIs of the collection that the document does not have. Where a part of it could not be read, nothing counts as gone.",
  valuesConfig: {
    DELIST: { description: "They are delisted: calls of them are refused. They stay in their groups." },
    KEEP: { description: "They stay as they are." },
  },
});

function DocumentField(description: string): PropertyDecorator {
  const field = InputField(() => String, { description: `${description} Up to 10 MiB in UTF-8. Nothing is fetched.` });
  const length = Length(1, 10 * 2 ** 20, { message: "must have 1 character to 10 MiB" });
  return (target, property) => {
    field(target, property);
    length(target, property);
  };
}

const DRY_RUN = "Only tell what would change. Default false.";
const GONE = "Default DELIST.";
const REFERENCES =
  "Leave references to other documents unread, instead of refusing a document that has some. They are never fetched. Default false.";

@InputType()
export class ImportOpenApiInput {
  @IdField({ description: "The collection that gets the APIs." })
  collectionId!: string;

  @DocumentField("An OpenAPI document, 3.0 or 3.1, in JSON or YAML.")
  document!: string;

  @InputField(() => Boolean, { optional: true, description: DRY_RUN })
  dryRun?: boolean;

  @InputField(() => GoneApis, { optional: true, description: GONE })
  gone?: GoneApis;

  @TextField({
    max: 200,
    optional: true,
    description:
      "Put before each path of the document, such as `/v1`, where the calls that gateways ask about carry it.",
  })
  @Matches(/^(?:\/[A-Za-z0-9\-._~]+)*$/, {
    message: "must be a path of plain text such as /v1, without a slash at its end",
  })
  pathPrefix?: string;

  @InputField(() => Boolean, { optional: true, description: REFERENCES })
  ignoreExternalReferences?: boolean;
}

@InputType()
export class ImportWsdlInput {
  @IdField({ description: "The collection that gets the APIs." })
  collectionId!: string;

  @DocumentField("A WSDL 1.1 document.")
  document!: string;

  @InputField(() => Boolean, { optional: true, description: DRY_RUN })
  dryRun?: boolean;

  @InputField(() => GoneApis, { optional: true, description: GONE })
  gone?: GoneApis;

  @UrlField({
    query: true,
    optional: true,
    description: "Where the operations are called, in place of the addresses in the document.",
  })
  endpoint?: string;

  @UrlField({ query: true, optional: true, description: "Where the document was found, to be kept with the APIs." })
  wsdlLocation?: string;

  @InputField(() => Boolean, { optional: true, description: REFERENCES })
  ignoreExternalReferences?: boolean;
}

@ObjectType({ description: "An API that a document brings into its collection." })
export class ImportedApi {
  @Field(() => ID, { nullable: true, description: "Null in a dry run." })
  id!: string | null;

  @Field(() => ApiKind)
  kind!: ApiKind;

  @Field(() => String)
  name!: string;

  @Field(() => HttpMethod, { nullable: true })
  method!: HttpMethod | null;

  @Field(() => String, { nullable: true })
  path!: string | null;

  @Field(() => String, { nullable: true })
  endpoint!: string | null;

  @Field(() => String, { nullable: true })
  soapAction!: string | null;

  @Field(() => String, { nullable: true })
  operation!: string | null;
}

@ObjectType({ description: "One field of an API, before and after an import." })
export class ImportedField {
  @Field(() => String, { description: "Its name in `Api`." })
  field!: string;

  @Field(() => String, { nullable: true })
  before!: string | null;

  @Field(() => String, { nullable: true })
  after!: string | null;
}

@ObjectType({ description: "An API that a document describes otherwise than its collection." })
export class ChangedApi {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: "Its name before the import." })
  name!: string;

  @Field(() => [ImportedField])
  fields!: ImportedField[];
}

@ObjectType({ description: "A part of a document that was left out." })
export class SkippedOperation {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  reason!: string;
}

@ObjectType({ description: `What an import changes. Each list has up to ${LISTED_MAX} entries; the counts are whole.` })
export class CatalogueImport {
  @Field(() => Boolean, { description: "Whether nothing was changed, because it was only asked what would be." })
  dryRun!: boolean;

  @Field(() => String, { description: "The document's own title or name." })
  title!: string;

  @Field(() => Int)
  addedCount!: number;

  @Field(() => [ImportedApi])
  added!: ImportedApi[];

  @Field(() => Int)
  changedCount!: number;

  @Field(() => [ChangedApi])
  changed!: ChangedApi[];

  @Field(() => Int, {
    description: "Listed APIs of the collection, of the document's kind, that the document does not have.",
  })
  goneCount!: number;

  @Field(() => [Api])
  gone!: Api[];

  @Field(() => Int)
  unchangedCount!: number;

  @Field(() => Int)
  stillDelistedCount!: number;

  @Field(() => [Api], {
    description: "In the document, but delisted: an import never lists again what somebody has taken off.",
  })
  stillDelisted!: Api[];

  @Field(() => Int)
  skippedCount!: number;

  @Field(() => [SkippedOperation])
  skipped!: SkippedOperation[];

  @Field(() => [String])
  warnings!: string[];
}
