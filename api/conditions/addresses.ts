import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** All addresses that share the first bits of one. */
export interface Network {
  readonly base: Address;
  readonly bits: number;
}

const CIDR = /^([^/]+)\/(0|[1-9]\d{0,2})$/;

/**
 * Reads an address. Undefined for everything but its bare text: a port, brackets, a zone id, a space or a leading zero
 * makes it something that others may read in another way. IPv4 mapped into IPv6 (RFC 4291 section 2.5.5.2) is the IPv4.
 */
export function parseAddress(text: string): Address | undefined {
  const address = parseOneSpelling(text);
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

/** Reads a network in CIDR form, or an address as the network of one. Bits beyond the prefix stay as they are. */
export function parseNetwork(text: string): Network | undefined {
  const address = parseAddress(text);
  if (address) return { base: address, bits: lengthOf(address) };

  const [, base = "", prefix] = CIDR.exec(text) ?? [];
  const parsed = parseOneSpelling(base);
  const bits = Number(prefix);
  if (!parsed || bits > lengthOf(parsed)) return undefined;
  if (parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress() && bits >= 96) {
    return { base: parsed.toIPv4Address(), bits: bits - 96 };
  }
  return { base: parsed, bits };
}

export function isWithin(address: Address, { base, bits }: Network): boolean {
  return address.kind() === base.kind() && address.match(base, bits);
}

/** The network without bits beyond its prefix, as text. */
export function networkText({ base, bits }: Network): string {
  const Kind = base.kind() === "ipv4" ? ipaddr.IPv4 : ipaddr.IPv6;
  return `${Kind.networkAddressFromCIDR(`${base.toString()}/${bits}`).toString()}/${bits}`;
}

export function hasHostBits(network: Network): boolean {
  return networkText(network) !== `${network.base.toString()}/${network.bits}`;
}

/** The library takes many spellings, and reads "::192.0.2.7" as the mapped "::ffff:192.0.2.7", which it is not. */
function parseOneSpelling(text: string): Address | undefined {
  const version = isIP(text);
  if (version === 0 || text.includes("%")) return undefined;
  if (version === 4) return ipaddr.parse(text);
  const [dotted = ""] = /[\d.]+$/.exec(text) ?? [];
  return ipaddr.parse(dotted.includes(".") ? text.slice(0, -dotted.length) + inGroups(dotted) : text);
}

/** The two groups of IPv6 for which an IPv4 at its end stands. */
function inGroups(dotted: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = dotted.split(".").map(Number);
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function lengthOf(address: Address): number {
  return address.kind() === "ipv4" ? 32 : 128;
}
