import { type Address, isWithin, type Network, parseAddress, parseNetwork } from "../conditions/addresses.js";
import type { ResolvedNames } from "./host-names.js";

/** The addresses that a client is bound to, made ready to be asked on every call. */
export class HostBindings {
  private readonly networks: readonly Network[];
  private readonly hostNames: readonly string[];

  private constructor(matches: readonly string[]) {
    const networks = matches.map((match) => ({ match, network: parseNetwork(match) }));
    this.networks = networks.flatMap(({ network }) => network ?? []);
    this.hostNames = networks.filter(({ network }) => !network).map(({ match }) => match.toLowerCase());
  }

  /** Null without bindings: any address will do. */
  static compile(bindings: readonly { readonly match: string }[]): HostBindings | null {
    return bindings.length === 0 ? null : new HostBindings(bindings.map(({ match }) => match));
  }

  /** An address that is not told or cannot be read is never admitted. */
  admit(text: string | null | undefined, hostNames: ResolvedNames, nowMs: number): boolean | Promise<boolean> {
    const address = text == null ? undefined : parseAddress(text);
    if (!address) return false;
    if (this.networks.some((network) => isWithin(address, network))) return true;

    const answers = this.hostNames.map((name) => hostNames.addressesOf(name, nowMs));
    const includesIt = (addresses: readonly Address[]): boolean => addresses.some((each) => isSame(each, address));
    if (answers.some((answer) => !(answer instanceof Promise) && includesIt(answer))) return true;
    const awaited = answers.filter((answer) => answer instanceof Promise);
    return awaited.length > 0 && Promise.all(awaited).then((all) => all.some(includesIt));
  }
}

function isSame(one: Address, other: Address): boolean {
  return one.toString() === other.toString();
}
