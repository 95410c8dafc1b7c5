import { once } from "node:events";
import { Worker } from "node:worker_threads";
import pLimit from "p-limit";
import { ApiError, invalidInput } from "../../errors.js";
import type { WorkerAnswer } from "./import-worker.js";
import type { ReadDocument, ReadRequest } from "./read-document.js";

export const DOCUMENT_BYTES_MAX = 10 * 2 ** 20;

const HEAP_MB_MAX = 768;
const READ_MS_MAX = 60_000;
const WAITING_MAX = 4;

/**
 * Reads documents in a thread of its own, one at a time: verdicts go on meanwhile, and a document made to eat time or
 * memory takes neither from them.
 */
export class DocumentReader {
  private readonly limit = pLimit(1);

  async read(request: ReadRequest): Promise<ReadDocument> {
    if (Buffer.byteLength(request.document) > DOCUMENT_BYTES_MAX) {
      throw invalidInput({ path: "document", message: "must have at most 10 MiB in UTF-8" });
    }
    if (this.limit.pendingCount >= WAITING_MAX) {
      throw new ApiError("RATE_LIMITED", "Other documents are being read just now. Try again.", {
        retryAfterSeconds: 5,
      });
    }
    const answer = await this.limit(() => readInWorker(request));
    if ("problem" in answer) throw invalidInput({ path: "document", message: answer.problem });
    return answer.read;
  }
}

async function readInWorker(request: ReadRequest): Promise<WorkerAnswer> {
  const worker = new Worker(new URL("import-worker.js", import.meta.url), {
    workerData: request,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB_MAX, stackSizeMb: 4 },
  });
  try {
    const [answer] = (await once(worker, "message", { signal: AbortSignal.timeout(READ_MS_MAX) })) as [WorkerAnswer];
    return answer;
  } catch (error) {
    if (isCoded(error, "ABORT_ERR")) return { problem: "takes too long to read: is it what it should be?" };
    if (isCoded(error, "ERR_WORKER_OUT_OF_MEMORY")) return { problem: "takes too much memory to read" };
    throw error;
  } finally {
    await worker.terminate();
  }
}

function isCoded(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
