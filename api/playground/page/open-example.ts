import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { parse } from "graphql";
import { useEffect, useRef } from "react";
import { type Example, examples } from "./examples/examples.js";
import { fillIn, type Known, randomSuffix } from "./fill-in.js";

export const WELCOME = `# Ctrl-Enter runs this.
# Ctrl-Space completes what you type.

${examples[0]?.document}
`;

/** Opens an example in the editor: in the current tab when nothing would be lost, else in a new one. */
export function useOpenExample(): ((example: Example, known: Known) => void) | undefined {
  const actions = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const responseEditor = useGraphiQL((state) => state.responseEditor);
  const activeTabIndex = useGraphiQL((state) => state.activeTabIndex);
  const lastOpened = useRef({ query: "", variables: "" });

  useEffect(() => {
    document.querySelectorAll(".graphiql-tab")[activeTabIndex]?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [activeTabIndex]);

  if (!queryEditor || !variableEditor || !responseEditor) return undefined;

  const untouched = () => {
    const query = queryEditor.getValue();
    if (responseEditor.getValue() !== "") return false;
    if (query.trim() === "" || query === WELCOME) return true;
    return query === lastOpened.current.query && variableEditor.getValue() === lastOpened.current.variables;
  };

  return (example, known) => {
    const filled = fillIn(example, known, randomSuffix(), new Date());
    const opened = { query: example.document, variables: filled ? JSON.stringify(filled, null, 2) : "" };
    if (!untouched()) actions.addTab();
    queryEditor.setValue(opened.query);
    variableEditor.setValue(opened.variables);
    // The editor reads the operation's name a moment after a change; a quick Ctrl-Enter would send the old one.
    actions.setOperationFacts(factsOf(opened.query));
    actions.updateActiveTabValues({ ...opened, operationName: factsOf(opened.query).operationName });
    lastOpened.current = opened;
    if (hasKeyboard()) queryEditor.focus();
  };
}

/** Focus on a touch screen would raise its keyboard over the example. */
function hasKeyboard(): boolean {
  return matchMedia("(hover: hover)").matches;
}

function factsOf(document: string) {
  const documentAST = parse(document);
  const operations = documentAST.definitions.filter((definition) => definition.kind === "OperationDefinition");
  return { documentAST, operations, operationName: operations[0]?.name?.value ?? "" };
}
