import { isIP } from "node:net";
import type { FastifyRequest } from "fastify";
import type { CallOrigin } from "../access/call.js";
import { invalidInput } from "../errors.js";

const TRANSACTION_REF = /^[\x21-\x7e]{1,128}$/;

/** Where a request of the management API comes from. */
export function originOf(request: FastifyRequest, now: Date): CallOrigin {
  return { requestId: request.id, transactionRef: transactionRefOf(request), address: addressOf(request), now };
}

/** The caller's address: the socket's, or the one that a trusted proxy tells. What is no address is not passed on. */
export function addressOf(request: FastifyRequest): string | null {
  if (isIP(request.ip)) return request.ip;
  return request.socket.remoteAddress ?? null;
}

function transactionRefOf({ headers }: FastifyRequest): string | null {
  const value = headers["x-transaction-ref"];
  if (value === undefined) return null;
  if (typeof value !== "string" || !TRANSACTION_REF.test(value)) {
    throw invalidInput({ path: "X-Transaction-Ref", message: "must have 1 to 128 visible ASCII characters" });
  }
  return value;
}
