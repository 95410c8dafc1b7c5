import type { World } from "../support/world.js";

/**
 * Holds the server's clock, so that what a test asks takes no time of it. The time that a request is on its way is all that
 * passes.
 */
export function holdClock(world: World, startMs = world.now().getTime()) {
  let heldMs = startMs;
  const set = (): void => world.moveClock(heldMs - world.now().getTime());
  set();
  return {
    /** Puts the clock back to where it is held. */
    hold: set,
    pass: (ms: number): void => {
      heldMs += ms;
      set();
    },
  };
}
