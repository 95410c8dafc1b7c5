import { isFQDN } from "class-validator";
import { hasHostBits, networkText, parseNetwork } from "../conditions/addresses.js";
import type { FieldProblem } from "../errors.js";
import type { HostBindingInput } from "./host-binding.types.js";

const RULE =
  "must be an IPv4 or IPv6 address without port, bracket or zone, a network such as 10.0.0.0/8, or a host name";

/** What is wrong with host bindings beyond the form of their fields. */
export function hostBindingProblems(bindings: readonly HostBindingInput[]): FieldProblem[] {
  return bindings.flatMap(({ name, match }, index) => {
    const path = `hostBindings.${index}`;
    const problem = matchProblem(match);
    const twin = bindings.slice(0, index).findIndex((other) => other.name.toLowerCase() === name.toLowerCase());
    return [
      ...(twin < 0 ? [] : [{ path: `${path}.name`, message: `is the name of hostBindings.${twin} too` }]),
      ...(problem === undefined ? [] : [{ path: `${path}.match`, message: problem }]),
    ];
  });
}

function matchProblem(match: string): string | undefined {
  const network = parseNetwork(match);
  if (!network) return isHostName(match) ? undefined : RULE;
  if (!hasHostBits(network)) return undefined;
  return `has bits set beyond its prefix: the network is ${networkText(network)}, the one address ${network.base.toString()}`;
}

/** Letters of other alphabets are written in Punycode (RFC 3492), as DNS has them. */
function isHostName(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text) && isFQDN(text, { require_tld: false });
}
