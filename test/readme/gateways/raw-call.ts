import { connect } from "node:net";
import { text } from "node:stream/consumers";

/** Sends a request line as it is written, which no client would. Gives the status, or 0 where there was no answer. */
export async function rawCall(url: string, line: string, headers: readonly string[]): Promise<number> {
  const { host, hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write([`${line} HTTP/1.1`, `Host: ${host}`, "Connection: close", ...headers, "", ""].join("\r\n"));
  const answer = await text(socket);
  return Number(/^HTTP\/1\.\d (\d{3})/.exec(answer)?.[1] ?? 0);
}
