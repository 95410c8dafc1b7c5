import type { TestContext } from "node:test";
import { setImmediate as turn } from "node:timers/promises";

const STEP_MS = 10;

/**
 * Lets fake time pass until a call has settled; answers how much it took. Math.random is 0 meanwhile, so that what is
 * waited is what was asked for, unless another value is given.
 */
export function fakeTime(t: TestContext, random = 0): { passed(call: Promise<unknown>): Promise<number> } {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  t.mock.method(Math, "random", () => random);
  return {
    passed: async (call) => {
      let settled = false;
      const settle = (): void => {
        settled = true;
      };
      call.then(settle, settle);
      for (let ms = 0; ; ms += STEP_MS) {
        // What the last step has set off comes to rest: bodies are read in turns of the event loop.
        for (let turns = 0; turns < 5 && !settled; turns++) await turn();
        if (settled) return ms;
        t.mock.timers.tick(STEP_MS);
      }
    },
  };
}
