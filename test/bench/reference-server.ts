import { createHmac } from "node:crypto";
import { createServer } from "node:http";

/**
 * The least that any verifying server must do: read a JSON body, digest the credential once, answer JSON. No router, no
 * database, no check. Nothing written on node:http can be faster, so ratios to it mean the same on every machine.
 */
const pepper = Buffer.alloc(32, 7);

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString()) as { credential?: string });
    const digest = createHmac("sha256", pepper)
      .update(body.credential ?? "")
      .digest("hex");
    response.setHeader("content-type", "application/json; charset=utf-8");
    response.end(JSON.stringify({ valid: true, code: "VALID", digest }));
  });
});

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") process.stdout.write(`http://127.0.0.1:${address.port}\n`);
});
