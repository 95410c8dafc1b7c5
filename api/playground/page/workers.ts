/** File names of the bundled workers; set by the build, which names them by their content. */
declare const WORKER_FILES: { readonly editor: string; readonly json: string; readonly graphql: string };

const workerOf: Record<string, string> = { json: WORKER_FILES.json, graphql: WORKER_FILES.graphql };

Object.assign(globalThis, {
  MonacoEnvironment: {
    getWorker: (_id: string, language: string) =>
      new Worker(`/playground/${workerOf[language] ?? WORKER_FILES.editor}`, { type: "module" }),
  },
});
