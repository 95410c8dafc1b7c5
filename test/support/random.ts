/** A seeded source of randomness (mulberry32): a test that failed runs again as it was. */
export interface Random {
  readonly seed: number;
  /** 0 to below `bound`. */
  below(bound: number): number;
  pick<T>(list: readonly T[]): T;
}

export function randomOf(seed = Date.now() % 2 ** 31): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (bound: number): number => Math.floor(next() * bound);
  return {
    seed,
    below,
    pick: (list) => {
      if (list.length === 0) throw new Error("There is nothing to pick from.");
      return list[below(list.length)] as (typeof list)[number];
    },
  };
}
