import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { expect } from "expect";
import {
  buildSchema,
  concatAST,
  type DocumentNode,
  type GraphQLSchema,
  isEnumType,
  Kind,
  parse,
  validate,
} from "graphql";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const read = (path: string): Promise<string> => readFile(join(root, path), "utf8");

async function readAll(folder: string): Promise<string[]> {
  const names = await readdir(join(root, folder));
  return Promise.all(names.map((name) => read(join(folder, name))));
}

describe("the SDK's operations", () => {
  let schema: GraphQLSchema;
  let documents: DocumentNode;

  before(async () => {
    schema = buildSchema(await read("schema/schema.graphql"));
    documents = concatAST((await readAll("schema/operations")).map((text) => parse(text)));
  });

  const operations = () => documents.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);

  it("are valid", () => {
    expect(validate(schema, documents)).toEqual([]);
  });

  it("offer every operation of the schema", () => {
    const offered = operations().flatMap(({ operation, selectionSet }) =>
      selectionSet.selections.map((each) => `${operation} ${each.kind === Kind.FIELD ? each.name.value : each.kind}`),
    );
    const existing = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
      Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name.toLowerCase()} ${field}`),
    );
    expect(existing.length).toBeGreaterThan(30);
    // A key and its samples are asked for each by itself.
    expect([...new Set(offered)].sort()).toEqual(existing.sort());
  });

  it("offer every argument", () => {
    const [query, mutation] = [schema.getQueryType(), schema.getMutationType()];
    const roots = { query, mutation, subscription: schema.getSubscriptionType() };
    for (const { operation, selectionSet } of operations()) {
      for (const field of selectionSet.selections.filter((each) => each.kind === Kind.FIELD)) {
        const name = field.name.value;
        const existing = roots[operation]?.getFields()[name]?.args.map((argument) => argument.name);
        const offered = field.arguments?.map((argument) => argument.name.value);
        expect({ name, offered: offered?.sort() }).toEqual({ name, offered: existing?.sort() });
      }
    }
  });

  it("are judged by codes that the verdicts of the SDK know", async () => {
    const type = schema.getType("VerdictCode");
    const codes = isEnumType(type) ? type.getValues().map(({ name }) => name) : [];
    const source = await read("sdk/src/verdict.ts");
    const known = [...(/type RefusalCode =([^;]*);/.exec(source)?.[1] ?? "").matchAll(/"(\w+)"/g)].map(
      ([, code]) => code,
    );
    expect(new Set([...known, "VALID"])).toEqual(new Set(codes));
  });

  it("are each run by a method", async () => {
    const facade = [...(await readAll("sdk/src/domains")), await read("sdk/src/latchkey.ts")].join("\n");
    const unused = operations()
      .map(({ name }) => String(name?.value))
      .filter(
        (name) => !new RegExp(`\\.(?:follow|request|run(?:As)?)\\((?:undefined, )?${name}Document,`).test(facade),
      );
    expect(unused).toEqual([]);
  });
});
