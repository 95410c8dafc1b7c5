import { createServer } from "node:http";

/**
 * The least that any server on node:http must do: read a JSON body where there is one, and answer. No router, no secret, no
 * check. ANSWER_BYTES is what an answer has in all, so that it is as much work to write as the one that it is held against.
 */
const answerBytes = Number(process.argv[2]);
const HEAD_BYTES = 190;
const answer = "x".repeat(Math.max(0, answerBytes - HEAD_BYTES));

const server = createServer((request, response) => {
  const reply = (): void => {
    response.setHeader("content-type", "application/json; charset=utf-8");
    response.end(answer);
  };
  if (request.method === "GET") {
    reply();
    return;
  }
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    JSON.parse(Buffer.concat(chunks).toString());
    reply();
  });
});

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") process.stdout.write(`http://127.0.0.1:${address.port}\n`);
});
