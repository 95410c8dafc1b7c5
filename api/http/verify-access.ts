import { compile } from "@fastify/proxy-addr";
import type { FastifyRequest } from "fastify";
import { ApiError } from "../errors.js";

/** Refuses askers outside the networks that may ask for verdicts. The peer counts, not what its headers say. */
export function verifyAccess(networks: readonly string[]): (request: FastifyRequest) => Promise<void> {
  const isTrusted = compile([...networks]);
  return async ({ socket }) => {
    const peer = socket.remoteAddress;
    if (peer === undefined || !isTrusted(peer, 0)) {
      throw new ApiError("FORBIDDEN", "Verdicts are given to the networks of VERIFY_NETWORKS only.", {
        detail: `peer ${peer}`,
      });
    }
  };
}
