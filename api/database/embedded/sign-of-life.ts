import { randomBytes } from "node:crypto";
import { lstat, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemErrorCode } from "./embedded-postgres-error.js";

/**
 * A socket somebody listens at. The kernel ends that with the process, whatever becomes of its pid, and it is
 * seen from other containers that share the directory, where a pid means nothing.
 */
export interface SignOfLife {
  readonly address: string;
  end(): Promise<void>;
}

/** The shortest limit for the path of a socket (macOS), without its closing zero. */
const SOCKET_PATH_BYTES_MAX = 103;

export async function showLife(folder: string): Promise<SignOfLife> {
  const name = `latchkey-${randomBytes(6).toString("hex")}.socket`;
  if (process.platform === "win32") return listen(`\\\\.\\pipe\\${name}`);
  const beside = join(folder, name);
  const elsewhere = join(tmpdir(), name);
  if (Buffer.byteLength(beside) > SOCKET_PATH_BYTES_MAX) return listen(elsewhere);
  // Some shared folders of desktop container tools hold no sockets.
  return listen(beside).catch(() => listen(elsewhere));
}

/** In doubt the answer is yes: two servers on one directory destroy it. */
export function showsLife(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path: address });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", (error) => resolve(!["ECONNREFUSED", "ENOENT"].includes(systemErrorCode(error) ?? "")));
  });
}

/** Removes what a dead process left, and nothing that is no socket. */
export async function clearAway(address: string): Promise<void> {
  const found = await lstat(address).catch(() => undefined);
  if (found?.isSocket()) await rm(address, { force: true });
}

function listen(address: string): Promise<SignOfLife> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", reject);
    server.listen(address, () => {
      server.unref();
      resolve({ address, end: () => new Promise((ended) => server.close(() => ended())) });
    });
  });
}
