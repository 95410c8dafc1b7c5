import type { IncomingMessage } from "node:http";
import { compile } from "@fastify/proxy-addr";
import type { FastifyRequest } from "fastify";
import { ApiError } from "../errors.js";
import type { GatewayKeys } from "../verification/gateway-keys.js";

/**
 * Lets ask for verdicts who comes from a network that may, or else holds a gateway key. The peer counts, not what its
 * headers say.
 */
export function verifyAccess(
  networks: readonly string[],
  gatewayKeys: Pick<GatewayKeys, "admits">,
  now: () => Date,
): (request: FastifyRequest) => Promise<void> {
  const isTrusted = compile([...networks]);
  return async ({ socket, raw }) => {
    const peer = socket.remoteAddress;
    if (peer !== undefined && isTrusted(peer, 0)) return;
    const [key, ...others] = gatewayKeysIn(raw);
    if (key !== undefined && others.length === 0 && (await isAdmitted(key, peer))) return;
    throw new ApiError(
      "FORBIDDEN",
      "Verdicts are given to the networks of VERIFY_NETWORKS, and to whoever sends one gateway key in force as X-Latchkey-Gateway-Key.",
      { detail: `peer ${peer}` },
    );
  };

  async function isAdmitted(key: string, peer: string | undefined): Promise<boolean> {
    // An IPv4 peer of a socket that listens on IPv6.
    const address = peer?.replace(/^::ffff:(?=\d+\.)/, "") ?? null;
    try {
      return await gatewayKeys.admits(key, now().getTime(), address);
    } catch (cause) {
      throw new ApiError("UNAVAILABLE", "Gateway keys cannot be looked up just now. Try again.", { cause });
    }
  }
}

/** From the raw header lines: Node would join repeated ones. */
function gatewayKeysIn({ rawHeaders }: Pick<IncomingMessage, "rawHeaders">): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === HEADER);
}

const HEADER = "x-latchkey-gateway-key";
