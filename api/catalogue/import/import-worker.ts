import { parentPort, workerData } from "node:worker_threads";
import { DocumentProblem, type ReadDocument, type ReadRequest } from "./read-document.js";
import { readOpenApi } from "./read-open-api.js";
import { readWsdl } from "./read-wsdl.js";

/** What a worker thread answers: the document as read, or why it is refused. */
export type WorkerAnswer = { readonly read: ReadDocument } | { readonly problem: string };

function answer(request: ReadRequest): WorkerAnswer {
  try {
    return { read: request.format === "OPEN_API" ? readOpenApi(request) : readWsdl(request) };
  } catch (error) {
    if (error instanceof DocumentProblem) return { problem: error.message };
    if (error instanceof RangeError) return { problem: "is nested too deeply" };
    throw error;
  }
}

parentPort?.postMessage(answer(workerData as ReadRequest));
