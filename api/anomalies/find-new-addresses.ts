import { firstIdOf } from "../database/first-id-of.js";
import { AnomalyKind } from "./anomaly.entity.js";
import { before, DAY_MS, type Finding, type Look, learned, MINUTE_MS, type SubjectRow, subjectOf } from "./finding.js";

/** A call may be written after the minute was looked at; what is known already is not found again. */
const OVERLAP_MS = MINUTE_MS;
/** What calls from more networks than this has no usual ones. It bounds what is kept, too. */
const NETWORKS_MAX = 1_000;
const ADDRESSES_MAX = 20;

interface Row extends SubjectRow {
  readonly seen: string;
  readonly expected: string;
  readonly addresses: string[];
}

/**
 * Networks that their subject never called from before. They are known from then on, so that each is found once, and noted also
 * while its habits are learned. What is known is looked up one by one: joined to a table whose statistics are old, it could
 * take as many steps as there are pairs.
 */
const FIND = `
  with seen as materialized (
    select distinct api_key_id, client_id, address from recent_calls
    where id >= $1 and id < $2 and address is not null and coalesce(api_key_id, client_id) is not null
  ), networks as materialized (
    select address, network_of(address) as network from (select distinct address from seen) a
  ), called as (
    select s.api_key_id, s.client_id, coalesce(s.api_key_id, s.client_id) as subject_id, n.network, min(s.address) as address
    from seen s join networks n on n.address = s.address
    where n.network is not null
    group by 1, 2, 3, 4
  ), fresh as (
    insert into subject_networks (subject_id, network, last_seen_at)
    select distinct subject_id, network, $3::timestamptz from called c
    where (select 1 from subject_networks n where n.subject_id = c.subject_id and n.network = c.network) is null
      and (select count(*) from (
        select from subject_networks n where n.subject_id = c.subject_id limit ${NETWORKS_MAX}) known) < ${NETWORKS_MAX}
    on conflict do nothing
    returning subject_id, network
  ), touched as (
    update subject_networks n set last_seen_at = $3
    from called c
    where n.subject_id = c.subject_id and n.network = c.network and n.last_seen_at < $3::timestamptz - interval '1 day'
  )
  select c.api_key_id, c.client_id, count(*) as seen,
         (select count(*) from subject_networks n where n.subject_id = c.subject_id) as expected,
         (array_agg(c.address order by c.network))[1:${ADDRESSES_MAX}] as addresses
  from fresh f join called c on c.subject_id = f.subject_id and c.network = f.network
  -- With none known before, there is nothing that it could be compared with.
  where ${learned("c.subject_id", "$3", "$4")}
    and exists (select from subject_networks n where n.subject_id = c.subject_id)
  group by c.api_key_id, c.client_id, c.subject_id`;

export async function findNewAddresses({ manager, rules, at }: Look): Promise<Finding[]> {
  if (!rules.addresses) return [];
  const windowStartsAt = before(at, MINUTE_MS);
  const from = firstIdOf(before(windowStartsAt, OVERLAP_MS));
  const rows: Row[] = await manager.query(FIND, [from, firstIdOf(at), at, before(at, rules.learningDays * DAY_MS)]);
  return rows.map(({ seen, expected, addresses, ...row }) => ({
    ...subjectOf(row),
    kind: AnomalyKind.FIRST_SEEN_ADDRESS,
    windowStartsAt,
    windowEndsAt: at,
    seen: Number(seen),
    expected: Number(expected),
    calls: null,
    addresses,
    lastUsedAt: null,
  }));
}
