import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import proxyAddr from "@fastify/proxy-addr";
import { LRUCache } from "lru-cache";
import { parseAddress } from "../../conditions/addresses.js";
import type { GatewayKeys } from "../../verification/gateway-keys.js";
import type { CallHeaders } from "./call-headers.js";

export interface AskersOptions {
  /** Networks that may ask for verdicts. */
  readonly networks: readonly string[];
  /** Networks whose forwarding headers are believed. */
  readonly trustedProxies: readonly string[];
  readonly gatewayKeys: Pick<GatewayKeys, "admits">;
}

/** Who asks over a connection, found out once for all of its requests. */
interface Asker {
  readonly isWithinNetworks: boolean;
  readonly isTrustedProxy: boolean;
  /** In one spelling. Null: it cannot be read. */
  readonly address: string | null;
}

const ADDRESSES_KEPT = 10_000;

/** Who may ask for verdicts, and whose call they ask about. The peer of the socket counts, not what its headers say. */
export class Askers {
  private readonly known = new WeakMap<Socket, Asker>();
  private readonly forwarded = new LRUCache<string, { readonly address: string | null }>({ max: ADDRESSES_KEPT });
  private readonly mayAsk: (address: string, distance: number) => boolean;
  private readonly gatewayKeys: Pick<GatewayKeys, "admits">;
  private readonly trusts: (address: string, distance: number) => boolean;

  constructor({ networks, trustedProxies, gatewayKeys }: AskersOptions) {
    this.gatewayKeys = gatewayKeys;
    this.mayAsk = proxyAddr.compile([...networks]);
    this.trusts = proxyAddr.compile([...trustedProxies]);
  }

  /**
   * Who comes from a network that may ask, or else holds a gateway key in force. Throws, or rejects, when this node cannot
   * know whether the key is.
   */
  admits(
    { socket }: IncomingMessage,
    { gatewayKey, repeated }: CallHeaders,
    nowMs: number,
  ): boolean | Promise<boolean> {
    const { isWithinNetworks, address } = this.askerOf(socket);
    if (isWithinNetworks) return true;
    if (gatewayKey === undefined || repeated?.includes("gatewayKey")) return false;
    return this.gatewayKeys.admits(gatewayKey, nowMs, address);
  }

  /**
   * The socket's peer, or what a trusted proxy tells of its caller, read from the right. Null when that is no address: the
   * gateway's own never stands in for it.
   */
  callerAddress({ socket }: IncomingMessage, { forwardedFor }: CallHeaders): string | null {
    const asker = this.askerOf(socket);
    if (forwardedFor === undefined || !asker.isTrustedProxy) return asker.address;
    const known = this.forwarded.get(forwardedFor);
    if (known) return known.address;
    const told = { headers: { "x-forwarded-for": forwardedFor }, socket } as unknown as IncomingMessage;
    const text = proxyAddr(told, this.trusts);
    const address = text === socket.remoteAddress ? asker.address : (parseAddress(text)?.toString() ?? null);
    // A list without an entry says the same as no list, which depends on the peer.
    if (text !== socket.remoteAddress) this.forwarded.set(forwardedFor, { address });
    return address;
  }

  private askerOf(socket: Socket): Asker {
    const known = this.known.get(socket);
    if (known) return known;
    const peer = socket.remoteAddress;
    const asker = {
      isWithinNetworks: peer !== undefined && this.mayAsk(peer, 0),
      isTrustedProxy: peer !== undefined && this.trusts(peer, 0),
      // The system names the zone of a link-local peer; nobody else may.
      address: (peer && parseAddress(peer.replace(/%.*$/, ""))?.toString()) || null,
    };
    // Without an address the connection has just gone.
    if (peer !== undefined) this.known.set(socket, asker);
    return asker;
  }
}
