import { close, open, read } from "node:fs";
import { stat, truncate } from "node:fs/promises";
import { promisify } from "node:util";

const KEPT_BYTES_MAX = 5 * 1024 * 1024;
const TAIL_BYTES_MAX = 16 * 1024;

/** The server's own log. Opened here and handed down, so PostgreSQL's user needs no right to its directory. */
export interface LogFile {
  readonly fd: number;
  /** What was written since it was opened, or the end of it. */
  written(): Promise<string>;
  close(): Promise<void>;
}

export async function openLog(path: string): Promise<LogFile> {
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  if (size > KEPT_BYTES_MAX) await truncate(path);
  const start = size > KEPT_BYTES_MAX ? 0 : size;
  const fd = await promisify(open)(path, "a+", 0o600);
  return {
    fd,
    async written() {
      const end = (await stat(path)).size;
      const from = Math.max(start, end - TAIL_BYTES_MAX);
      const { bytesRead, buffer } = await promisify(read)(fd, Buffer.alloc(end - from), 0, end - from, from);
      return buffer.toString("utf8", 0, bytesRead);
    },
    close: () => promisify(close)(fd),
  };
}
