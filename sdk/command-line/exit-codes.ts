/** What the program ends with; scripts rely on it. */
export const EXIT = { done: 0, failed: 1, usage: 2, notValid: 3, interrupted: 130 } as const;

/** The command was given wrongly: nothing was asked of the server. */
export class UsageError extends Error {}
