import type { DataSource, EntityManager } from "typeorm";
import { Client } from "../clients/client.entity.js";
import type { QuotaPeriod } from "../clients/quota.types.js";
import { quotaSpanAt } from "../conditions/quota-period.js";
import { ApiKey } from "../keys/api-key.entity.js";
import { ownerFacts } from "../keys/owner-facts.js";
import { addressesOf } from "../notifications/addresses.js";
import type { Outbox } from "../notifications/outbox.js";
import { User } from "../users/user.entity.js";
import { WebhookEvent } from "../webhooks/webhook.entity.js";
import { tellWebhooks } from "../webhooks/webhook-outbox.js";

const NEARLY_PERCENT = 80;
const BATCH = 200;
/** Longer than any period that begins again. */
const KEPT_DAYS = 40;
const DAY_MS = 86_400_000;

interface Due {
  readonly id: string;
  readonly starts: Date;
  readonly used: string;
  readonly quota_limit: number;
  readonly quota_period: QuotaPeriod;
  readonly percent: number;
}

/** Quotas of which more is used than anybody was told of. */
const DUE = `
  select d.* from (
    select q.subject_id as id, q.period_starts_at as starts, q.used, o.quota_limit, o.quota_period,
      case when q.used >= o.quota_limit then 100 else ${NEARLY_PERCENT} end as percent
    from quota_counters q
    join (
      select id, quota_limit, quota_period from clients where quota_limit is not null
      union all
      select id, quota_limit, quota_period from api_keys where quota_limit is not null and revoked_at is null
    ) o on o.id = q.subject_id and q.used * 100 >= o.quota_limit::bigint * ${NEARLY_PERCENT}
  ) d
  where not exists (
    select from quota_alerts a
    where a.subject_id = d.id and a.period = d.quota_period and a.period_starts_at = d.starts
      and a.percent >= d.percent and a.quota_limit >= d.quota_limit
  )
  order by d.id limit ${BATCH}`;

/** Tells owners once in a period that a quota is nearly used up, and once that it is (8.2). */
export async function alertQuotas(database: DataSource, outbox: Outbox, now: Date): Promise<void> {
  while ((await alertSome(database, outbox, now)) === BATCH);
  await database.query(
    `delete from quota_alerts a where (a.period <> 'TOTAL' and a.alerted_at < $1)
       or not exists (select from quota_counters q where q.subject_id = a.subject_id)`,
    [new Date(now.getTime() - KEPT_DAYS * DAY_MS)],
  );
}

/** How many were due. The mails and the note that they are written stand or fall together. */
function alertSome(database: DataSource, outbox: Outbox, now: Date): Promise<number> {
  return database.transaction(async (manager) => {
    const due: Due[] = await manager.query(DUE);
    for (const each of due) if (await isFirst(manager, each, now)) await tell(manager, outbox, each, now);
    return due.length;
  });
}

async function isFirst(manager: EntityManager, due: Due, now: Date): Promise<boolean> {
  const noted: unknown[] = await manager.query(
    `insert into quota_alerts (subject_id, period, period_starts_at, percent, quota_limit, alerted_at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning subject_id`,
    [due.id, due.quota_period, due.starts, due.percent, due.quota_limit, now],
  );
  return noted.length > 0;
}

async function tell(manager: EntityManager, outbox: Outbox, due: Due, now: Date): Promise<void> {
  const key = await manager.findOneBy(ApiKey, { id: due.id });
  const owner = await ownerOf(manager, key, due.id);
  if (!owner) return;
  const span = quotaSpanAt(due.quota_period, owner.timeZone, now.getTime());
  // It is full again by now.
  if (due.starts.getTime() < span.startMs) return;

  const name = owner instanceof Client ? owner.displayName : owner.userName;
  const isUsedUp = due.percent === 100;
  const what = key ? `The API key ${key.name} of ${name}` : name;
  const resets = Number.isFinite(span.endMs)
    ? `It is full again on ${written(span.endMs, owner.timeZone)}.`
    : "It is never filled again.";
  const effect = isUsedUp ? "Calls are refused with QUOTA_EXCEEDED. " : "";
  await outbox.put(
    manager,
    { now },
    {
      kind: isUsedUp ? "quotaUsedUp" : "quotaNearlyUsedUp",
      recipients: addressesOf(owner),
      subject: `${isUsedUp ? "Quota used up" : `${NEARLY_PERCENT} percent of the quota used`}: ${key ? key.name : name}`,
      body: `${what} has used ${due.used} of ${due.quota_limit} calls of its quota. ${effect}${resets}\n`,
      clientId: owner instanceof Client ? owner.id : null,
      userId: owner instanceof Client ? null : owner.id,
    },
  );
  const quota = { limit: due.quota_limit, used: Number(due.used), period: due.quota_period, percent: due.percent };
  const resetsAt = Number.isFinite(span.endMs) ? new Date(span.endMs) : null;
  const apiKey = key ? { id: key.id, name: key.name, lookupId: key.lookupId } : null;
  const data = { quota: { ...quota, resetsAt }, apiKey, ...ownerFacts(owner) };
  await tellWebhooks(manager, { now }, WebhookEvent.QUOTA_ALERT, [data]);
}

function ownerOf(manager: EntityManager, key: ApiKey | null, subjectId: string): Promise<Client | User | null> {
  if (!key) return manager.findOneBy(Client, { id: subjectId });
  return key.clientId === null
    ? manager.findOneBy(User, { id: key.userId as string })
    : manager.findOneBy(Client, { id: key.clientId });
}

function written(ms: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "long", timeZone }).format(new Date(ms));
}
