/**
 * Who holds the right to call APIs: a key by its own groups, a client by its groups and, for its tokens, its scopes; a token
 * by what it was granted of these.
 */
export interface Holder {
  readonly kind: "API_KEY" | "CLIENT" | "TOKEN";
  readonly id: string;
}

interface Held {
  /** Rows of `holder_id` and `group_id`. */
  readonly groups: string;
  /** Rows of `holder_id` and `scope_id`. */
  readonly scopes: string;
}

export const HELD: Readonly<Record<Holder["kind"], Held>> = {
  API_KEY: {
    groups: `select api_key_id as holder_id, group_id from api_key_groups`,
    // As verification has it: the client holds the scope, and the key's own groups contain all of the scope's.
    scopes: `
      select k.id as holder_id, cs.scope_id
      from api_keys k join client_scopes cs on cs.client_id = k.client_id
      where not exists (
        select 1 from scope_groups sg where sg.scope_id = cs.scope_id and not exists (
          select 1 from api_key_groups kg where kg.api_key_id = k.id and kg.group_id = sg.group_id
        )
      )`,
  },
  CLIENT: {
    groups: `select client_id as holder_id, group_id from client_groups`,
    scopes: `select client_id as holder_id, scope_id from client_scopes`,
  },
  // As verification has it: as far as its client still holds it.
  TOKEN: {
    groups: `
      select t.id as holder_id, cg.group_id
      from tokens t join token_families f on f.id = t.family_id join client_groups cg on cg.client_id = f.client_id
      where t.own_groups`,
    scopes: `
      select t.id as holder_id, cs.scope_id
      from tokens t join token_families f on f.id = t.family_id join client_scopes cs on cs.client_id = f.client_id
      where cs.scope_id = any(t.scope_ids)`,
  },
};

/**
 * The ids of the APIs that a holder may call while they are listed, as SQL; `id` is a parameter or a column. A key's
 * scopes add nothing to its groups, so they are not looked at.
 */
export function callableApiIds(kind: Holder["kind"], id: string): string {
  const groups = `select held.group_id from (${HELD[kind].groups}) held where held.holder_id = ${id}`;
  const ofScopes = `
    select sg.group_id from (${HELD[kind].scopes}) held join scope_groups sg on sg.scope_id = held.scope_id
    where held.holder_id = ${id}`;
  return `
    select open.id from apis open where open.open_to_all
    union
    select ga.api_id from group_apis ga where ga.group_id in (${kind === "API_KEY" ? groups : `${groups} union ${ofScopes}`})`;
}
