import { plugin as typesOf } from "@graphql-codegen/typescript-operations";
import { concatAST, Kind, print, stripIgnoredCharacters, visit } from "graphql";

/**
 * Writes each operation as one short text with the types of its variables and its result. The stock plugin for
 * documents makes every user of the package install one more, for a type; the one for types, which is used here, exports
 * a helper of its own that nothing needs.
 */
export async function plugin(schema, documents, config, info) {
  const { definitions } = concatAST(documents.map(({ document }) => document));
  const fragments = new Map();
  for (const each of definitions) if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  const operations = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const types = await typesOf(schema, documents, config, info);
  return {
    prepend: [
      "// Made from the schema and schema/operations by `npm run generate`. Not for editing.",
      'import type { Document } from "../document.js";',
      ...types.prepend.filter((line) => line && !line.includes("type Incremental<")),
    ],
    content: [...fragments.values()]
      .map(declareFragment)
      .concat(
        operations.map((each) => declare(each, fragments)),
        types.content,
      )
      .join("\n\n"),
  };
}

const KINDS = { query: "Query", mutation: "Mutation", subscription: "Subscription" };

/** Once, and not in each operation that spreads it: half of the text. */
function declareFragment(fragment) {
  return `const ${fragment.name.value} = ${textOf(fragment)};`;
}

function declare(operation, fragments) {
  const name = operation.name.value;
  const kind = KINDS[operation.operation];
  const spread = [...fragmentsOf(operation, fragments)].map((fragment) => fragment.name.value);
  const text = [textOf(operation), ...spread].join(" + ");
  const type = `Document<${name}${kind}, ${name}${kind}Variables>`;
  // The package's types are for its users, who run operations by its methods.
  return `/** @internal */\nexport const ${name}Document = (${text}) as ${type};`;
}

function textOf(definition) {
  return JSON.stringify(stripIgnoredCharacters(print(definition)));
}

/** The fragments that a definition spreads, and those that they spread, each once. */
function fragmentsOf(definition, fragments, found = new Set()) {
  visit(definition, {
    FragmentSpread: ({ name }) => {
      const fragment = fragments.get(name.value);
      if (found.has(fragment)) return;
      found.add(fragment);
      fragmentsOf(fragment, fragments, found);
    },
  });
  return found;
}
