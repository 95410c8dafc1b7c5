import { describe, it } from "node:test";
import { expect } from "expect";
import { hasHostBits, isWithin, networkText, parseAddress, parseNetwork } from "../../api/conditions/addresses.js";

const within = (text: string, networkAsText: string): boolean | undefined => {
  const [address, network] = [parseAddress(text), parseNetwork(networkAsText)];
  return address && network && isWithin(address, network);
};

describe("addresses and networks", () => {
  for (const [address, network, expected] of [
    ["10.0.0.0", "10.0.0.0/8", true],
    ["10.255.255.255", "10.0.0.0/8", true],
    ["11.0.0.0", "10.0.0.0/8", false],
    ["192.0.2.7", "192.0.2.7", true],
    ["192.0.2.8", "192.0.2.7/32", false],
    ["255.255.255.255", "0.0.0.0/0", true],
    ["::1", "0.0.0.0/0", false],
    ["2001:db8::1", "::/0", true],
    ["192.0.2.7", "::/0", false],
    ["::ffff:192.0.2.7", "192.0.2.0/24", true],
    ["::ffff:c000:207", "192.0.2.7", true],
    ["::ffff:192.0.2.7", "::/0", false],
    ["::192.0.2.7", "192.0.2.7", false],
    ["::192.0.2.7", "::c000:207", true],
    ["64:ff9b::192.0.2.7", "64:ff9b::/96", true],
    ["192.0.2.7", "::192.0.2.0/120", false],
    ["192.0.2.7", "::ffff:192.0.2.0/120", true],
    ["192.0.2.7", "::ffff:192.0.2.7", true],
    ["2001:0DB8:0:0:0:0:0:1", "2001:db8::/32", true],
    ["2001:db9::1", "2001:db8::/32", false],
    ["2001:db8:8000::1", "2001:db8:8000::/33", true],
    ["2001:db8:7fff::1", "2001:db8:8000::/33", false],
  ] as const) {
    it(`finds ${address} ${expected ? "within" : "outside of"} ${network}`, () => {
      expect(within(address, network)).toBe(expected);
    });
  }

  for (const text of [
    "",
    " 192.0.2.7",
    "192.0.2.7 ",
    "192.0.2.7\n",
    "192.0.2.07",
    "0192.0.2.7",
    "192.0.2",
    "192.0.2.7.1",
    "3221225991",
    "0xc0000207",
    "192.0.2.7:80",
    "192.0.2.7, 192.0.2.8",
    "[::1]",
    "[::1]:80",
    "fe80::1%eth0",
    "::ffff:192.0.2.07",
    "1::2::3",
    "localhost",
    "unknown",
    "_hidden",
  ]) {
    it(`reads no address in ${JSON.stringify(text)}`, () => {
      expect(parseAddress(text)).toBeUndefined();
      expect(parseNetwork(text)).toBeUndefined();
    });
  }

  it("tells the network from an address that lies within it", () => {
    const meant = (text: string) => {
      const network = parseNetwork(text);
      return network && [hasHostBits(network), networkText(network)];
    };
    expect(meant("10.1.2.3/8")).toEqual([true, "10.0.0.0/8"]);
    expect(meant("10.0.0.0/8")).toEqual([false, "10.0.0.0/8"]);
    expect(meant("10.1.2.3/32")).toEqual([false, "10.1.2.3/32"]);
    expect(meant("10.1.2.3/0")).toEqual([true, "0.0.0.0/0"]);
    expect(meant("2001:db8:ffff::/33")).toEqual([true, "2001:db8:8000::/33"]);
    expect(meant("::ffff:10.1.2.3/104")).toEqual([true, "10.0.0.0/8"]);
    expect(meant("::ffff:10.0.0.0/104")).toEqual([false, "10.0.0.0/8"]);
  });
});
