import { describe, it } from "node:test";
import { expect } from "expect";
import { HostNames } from "../../api/verification/host-names.js";

const SECOND_MS = 1_000;

/** A resolver whose answers are given by the test. */
function resolver() {
  const asked: { readonly name: string; answer(...addresses: string[]): void; fail(): void }[] = [];
  const lookup = (name: string) =>
    new Promise<{ address: string }[]>((resolve, reject) => {
      asked.push({
        name,
        answer: (...addresses) => resolve(addresses.map((address) => ({ address }))),
        fail: () => reject(new Error("ENOTFOUND")),
      });
    });
  return { asked, hostNames: new HostNames(lookup) };
}

const texts = async (found: ReturnType<HostNames["addressesOf"]>) => (await found).map(String);

describe("host names", () => {
  it("are asked for once by verdicts that come together, and then known", async () => {
    const { asked, hostNames } = resolver();
    const together = [hostNames.addressesOf("a.example", 0), hostNames.addressesOf("a.example", 1)];
    asked[0]?.answer("192.0.2.7", "2001:db8::7", "::ffff:192.0.2.8");
    const expected = ["192.0.2.7", "2001:db8::7", "192.0.2.8"];
    expect(await Promise.all(together.map(texts))).toEqual([expected, expected]);
    expect(hostNames.addressesOf("a.example", 29 * SECOND_MS)).not.toBeInstanceOf(Promise);
    expect(asked.length).toBe(1);
  });

  it("are asked for again beside the verdict that finds them old", async () => {
    const { asked, hostNames } = resolver();
    const first = hostNames.addressesOf("a.example", 0);
    asked[0]?.answer("192.0.2.7");
    await first;
    const old = hostNames.addressesOf("a.example", 31 * SECOND_MS);
    expect(old).not.toBeInstanceOf(Promise);
    expect(await texts(old)).toEqual(["192.0.2.7"]);
    asked[1]?.answer("192.0.2.9");
    await new Promise(setImmediate);
    expect(await texts(hostNames.addressesOf("a.example", 32 * SECOND_MS))).toEqual(["192.0.2.9"]);
    expect(asked.length).toBe(2);
  });

  it("are waited for when what is known is too old, and forgotten when they no longer resolve", async () => {
    const { asked, hostNames } = resolver();
    const first = hostNames.addressesOf("a.example", 0);
    asked[0]?.answer("192.0.2.7");
    await first;
    const second = hostNames.addressesOf("a.example", 61 * SECOND_MS);
    expect(second).toBeInstanceOf(Promise);
    asked[1]?.fail();
    expect(await second).toEqual([]);
  });

  it("that do not resolve have no address, and are asked for again after five seconds", async () => {
    const { asked, hostNames } = resolver();
    const first = hostNames.addressesOf("a.example", 0);
    asked[0]?.fail();
    expect(await first).toEqual([]);
    expect(hostNames.addressesOf("a.example", 4 * SECOND_MS)).toEqual([]);
    expect(asked.length).toBe(1);
    const again = hostNames.addressesOf("a.example", 6 * SECOND_MS);
    asked[1]?.answer("192.0.2.7");
    expect(await texts(again)).toEqual(["192.0.2.7"]);
  });

  it("keep no verdict waiting for a resolver that does not answer, and count once it has", async () => {
    const { asked, hostNames } = resolver();
    expect(await hostNames.addressesOf("slow.example", 0)).toEqual([]);
    expect(hostNames.addressesOf("slow.example", 1)).toEqual([]);
    asked[0]?.answer("192.0.2.7");
    await new Promise(setImmediate);
    expect(await texts(hostNames.addressesOf("slow.example", 2))).toEqual(["192.0.2.7"]);
    expect(asked.length).toBe(1);
  });

  it("are looked up two at a time, the others in turn", async () => {
    const { asked, hostNames } = resolver();
    const names = ["a.example", "b.example", "c.example", "d.example"];
    const found = names.map((name) => texts(hostNames.addressesOf(name, 0)));
    expect(asked.map(({ name }) => name)).toEqual(["a.example", "b.example"]);
    asked[0]?.fail();
    await new Promise(setImmediate);
    expect(asked.map(({ name }) => name)).toEqual(["a.example", "b.example", "c.example"]);
    asked[1]?.answer("192.0.2.2");
    asked[2]?.answer("192.0.2.3");
    await new Promise(setImmediate);
    asked[3]?.answer("192.0.2.4");
    expect(await Promise.all(found)).toEqual([[], ["192.0.2.2"], ["192.0.2.3"], ["192.0.2.4"]]);
  });
});
