import { isIP } from "node:net";
import { parseAddress } from "../conditions/addresses.js";

export type Lookup = (hostName: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

/** Networks of one's own. Link-local ones, in which clouds keep their metadata, are never reached. */
const PRIVATE: ReadonlySet<string> = new Set(["loopback", "private", "uniqueLocal", "carrierGradeNat"]);

/** Where webhooks may lead. What it finds out is what is connected to: a name cannot lead elsewhere a moment later. */
export class Reachable {
  constructor(
    private readonly lookup: Lookup,
    private readonly allowsPrivate: boolean,
  ) {}

  /** All addresses of the URL's host. Throws when one of them may not be reached, or when there is none. */
  async addressesOf({ hostname, protocol }: URL) {
    const host = hostname.replace(/^\[|\]$/g, "");
    const family = isIP(host);
    const addresses = family === 0 ? await this.lookup(host) : [{ address: host, family }];
    if (addresses.length === 0) throw new Error("The host has no address.");
    for (const { address } of addresses) {
      const problem = this.problemOf(address, protocol);
      if (problem) throw new UnreachableError(problem);
    }
    return addresses;
  }

  private problemOf(text: string, protocol: string): string | undefined {
    const range = parseAddress(text)?.range();
    if (protocol === "http:" && range !== "loopback") return "must be https, but for an address of this machine";
    if (range === "unicast" || (this.allowsPrivate && range !== undefined && PRIVATE.has(range))) return undefined;
    return "must lead to public addresses only";
  }
}

/** The address is known, and must not be reached. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";
}
