/** What a change may have touched. `ALL`: anything; `IMPORT`: texts that were unknown before. */
export type ChangeKind =
  | "API_KEY"
  | "TOKEN"
  | "CLIENT"
  | "USER"
  | "GROUP"
  | "COLLECTION"
  | "GATEWAY_KEY"
  | "IMPORT"
  | "ALL";

/** A committed change of something that verdicts depend on. */
export interface Change {
  readonly kind: ChangeKind;
  /** Of the keys, tokens and their families, clients, users, groups or collections that it is about. */
  readonly ids: readonly string[];
}

/** Everything may have changed, for who cannot know what did. */
export const ANYTHING: readonly Change[] = [{ kind: "ALL", ids: [] }];
