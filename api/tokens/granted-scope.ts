/** What a grant is for, of what its client holds. */
export interface GrantedScope {
  readonly ids: readonly string[];
  /** Of the scopes, sorted: as OAuth tells them. */
  readonly names: readonly string[];
  /** Whether it has the client's own groups besides. */
  readonly ownGroups: boolean;
}

/** Scopes by name, as a client holds them. */
export type HeldScopes = ReadonlyMap<string, string>;

/**
 * RFC 6749 section 3.3: who names no scope is granted all that the client holds, with its own groups; who names some is
 * granted these and nothing besides. Undefined: the client does not hold one of them.
 */
export function grantScope(held: HeldScopes, asked: readonly string[]): GrantedScope | undefined {
  const names = [...new Set(asked.length > 0 ? asked : held.keys())].sort();
  const ids = names.map((name) => held.get(name));
  if (ids.some((id) => id === undefined)) return undefined;
  return { ids: ids as string[], names, ownGroups: asked.length === 0 };
}

/**
 * RFC 6749 section 6: a refresh is granted at most what was granted first, of what the client still holds; who names no
 * scope gets all of that. Undefined: it asked for more.
 */
export function narrowScope(
  held: HeldScopes,
  granted: Pick<GrantedScope, "ids" | "ownGroups">,
  asked: readonly string[],
): GrantedScope | undefined {
  const still = new Map([...held].filter(([, id]) => granted.ids.includes(id)));
  const scope = grantScope(still, asked);
  return scope && { ...scope, ownGroups: scope.ownGroups && granted.ownGroups };
}
