import { describe, it } from "node:test";
import { expect } from "expect";
import { parse } from "graphql";
import { examples } from "../../api/playground/page/examples/examples.js";
import { fillIn } from "../../api/playground/page/fill-in.js";
import { Recollection } from "../../api/playground/page/recollection.js";

const NOW = new Date("2026-03-01T00:00:00Z");

function example(title: string) {
  const found = examples.find((candidate) => candidate.title === title);
  if (!found) throw new Error(`No example is called "${title}".`);
  return found;
}

function memoryStorage() {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

describe("examples", () => {
  it("are one named operation each, and can all be filled in", () => {
    for (const { document, ...rest } of examples) {
      const [operation, ...others] = parse(document).definitions;
      expect(operation).toMatchObject({ kind: "OperationDefinition", name: { kind: "Name" } });
      expect(others).toEqual([]);
      expect(JSON.stringify(fillIn({ document, ...rest }, {}, "x1y2z", NOW) ?? {})).not.toContain("{{");
    }
  });

  it("say which one to run first while a value is not known", () => {
    const filled = fillIn(example("Create a collection"), {}, "x1y2z", NOW);
    expect(filled).toMatchObject({ input: { regionId: "<run example 1 first>", name: "Orders x1y2z" } });
  });

  it("take what earlier answers told, also inside lists", () => {
    const filled = fillIn(example("Create a client"), { groupId: "g-1" }, "x1y2z", NOW);
    expect(filled).toMatchObject({ input: { clientId: "shop-x1y2z", groupIds: ["g-1"] } });
  });
});

describe("recollection", () => {
  it("keeps ids over a reload and the secret in memory only", () => {
    const storage = memoryStorage();
    const recollection = new Recollection(storage);

    recollection.note({ createRegion: { id: "r-1" } });
    recollection.note({ createApiKey: { apiKey: { id: "k-1" }, secret: "lk_key_secret" } });

    expect(recollection.current()).toEqual({ regionId: "r-1", apiKeyId: "k-1", secret: "lk_key_secret" });
    expect(new Recollection(storage).current()).toEqual({ regionId: "r-1", apiKeyId: "k-1" });
    expect([...storage.items.values()].join()).not.toContain("lk_key_secret");
  });

  it("learns nothing from a refused operation and forgets when asked to", () => {
    const storage = memoryStorage();
    const recollection = new Recollection(storage);
    recollection.note({ createRegion: null });
    recollection.note(null);
    expect(recollection.current()).toEqual({});

    recollection.note({ createRegion: { id: "r-1" } });
    recollection.forget();
    expect(recollection.current()).toEqual({});
    expect(storage.items.size).toBe(0);
  });
});
