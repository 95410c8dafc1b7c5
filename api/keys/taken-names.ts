import type { EntityManager } from "typeorm";
import type { ApiKey } from "./api-key.entity.js";

/**
 * The places of keys whose owner has a key in force of the same name, or whose name stands earlier in the list. As the
 * database compares names: its exclusion constraint has the last word.
 */
export async function findTakenNames(
  manager: EntityManager,
  keys: readonly ApiKey[],
  now: Date,
): Promise<ReadonlySet<number>> {
  const rows: { place: number }[] = await manager.query(
    `with wished as (
       select owner, lower(name) as name, (place - 1)::int as place,
              row_number() over (partition by owner, lower(name) order by place) as turn
       from unnest($1::uuid[], $2::text[]) with ordinality as w(owner, name, place)
     )
     select place from wished
     where turn > 1 or exists (
       select 1 from api_keys k
       where coalesce(k.client_id, k.user_id) = wished.owner and lower(k.name) = wished.name
         and tstzrange(k.named_at, greatest(k.named_at, coalesce(least(k.revoked_at, k.expires_at), 'infinity')))
             && tstzrange($3, 'infinity')
     )`,
    [keys.map(({ clientId, userId }) => clientId ?? userId), keys.map(({ name }) => name), now],
  );
  return new Set(rows.map(({ place }) => place));
}
