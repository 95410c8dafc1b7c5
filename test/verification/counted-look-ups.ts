import { openWay, type Way } from "../support/way.js";

export interface CountedLookUps {
  readonly way: Way;
  /** Statements that looked for a credential, so far. */
  readonly count: number;
}

/** PostgreSQL's Bind message: its length, no portal's name, then the statement's. */
const BIND = /B[\s\S]{4}\0find-(?:api|imported)-keys\0/g;
/** Of a message that comes in two chunks. */
const TAIL = 40;

/** A way to the database on which look-ups of credentials are counted as they pass. */
export async function countLookUps(): Promise<CountedLookUps> {
  let count = 0;
  let tail = "";
  const way = await openWay((chunk) => {
    const text = tail + chunk.toString("latin1");
    count += (text.match(BIND)?.length ?? 0) - (tail.match(BIND)?.length ?? 0);
    tail = text.slice(-TAIL);
  });
  return {
    way,
    get count() {
      return count;
    },
  };
}
