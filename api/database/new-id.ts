import { v7 as uuidv7 } from "uuid";

/** UUIDv7 (RFC 9562 section 5.7): ids sort by the time of their creation. */
export function newId(now: Date): string {
  return uuidv7({ msecs: now.getTime() });
}
