import "./workers.js";
import { DOC_EXPLORER_PLUGIN, DocExplorerStore } from "@graphiql/plugin-doc-explorer";
import { explorerPlugin } from "@graphiql/plugin-explorer";
import { HISTORY_PLUGIN, HistoryStore } from "@graphiql/plugin-history";
import { GraphiQLProvider } from "@graphiql/react";
import { GraphiQL, GraphiQLInterface } from "graphiql";
import { useMemo } from "react";
import { EditorTheme } from "./editor-theme.js";
import { ExamplesPanel } from "./examples-panel.js";
import { createFetcher } from "./fetcher.js";
import { WELCOME } from "./open-example.js";
import type { Recollection } from "./recollection.js";
import type { Session } from "./session.js";
import { storageWithoutSecrets } from "./without-secrets.js";

interface WorkspaceProps {
  readonly session: Session;
  readonly recollection: Recollection;
  readonly onSignedOut: () => void;
}

const plugins = [DOC_EXPLORER_PLUGIN, explorerPlugin(), HISTORY_PLUGIN];
const storage = storageWithoutSecrets(localStorage);

export default function Workspace({ session, recollection, onSignedOut }: WorkspaceProps) {
  const fetcher = useMemo(
    () => createFetcher(session, recollection, onSignedOut),
    [session, recollection, onSignedOut],
  );
  return (
    <GraphiQLProvider
      fetcher={fetcher}
      plugins={plugins}
      referencePlugin={DOC_EXPLORER_PLUGIN}
      storage={storage}
      defaultQuery={WELCOME}
      inputValueDeprecation
      schemaDescription
    >
      <HistoryStore maxHistoryLength={50}>
        <DocExplorerStore>
          <EditorTheme />
          <div className="workspace">
            <ExamplesPanel recollection={recollection} />
            <GraphiQLInterface defaultEditorToolsVisibility="variables" showPersistHeadersSettings={false}>
              <GraphiQL.Logo> </GraphiQL.Logo>
            </GraphiQLInterface>
          </div>
        </DocExplorerStore>
      </HistoryStore>
    </GraphiQLProvider>
  );
}
