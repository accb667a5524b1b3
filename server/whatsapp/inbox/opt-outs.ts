import { sql } from 'drizzle-orm'
import { type Happening, record } from '#events/record.ts'
import { type Identity, identitiesOf, listed } from '#leads/identity/identity.ts'
import { leadsById } from '#leads/queries.ts'
import type { Scope } from '#platform/scope.ts'
import type { optOuts } from '#whatsapp/tables.ts'

export type Reach = (typeof optOuts.$inferSelect)['reach']
/** A lead, a conversation's contact, or both: whatever they are known by. */
export type Known = { leadId: number | null; identities: { kind: string; value: string }[] }

/** What this person does not want to be sent: everything, marketing, or nothing in particular. */
export async function optOutOf(scope: Scope, known: Known): Promise<Reach | null> {
  const all = await allOf(scope, known)
  if (all.length === 0) return null
  const { rows } = await scope.db.execute<{ reach: Reach }>(sql`
    select o.reach from opt_outs o join ${listed(all)} as known (kind, value)
      on o.kind = known.kind and o.value = known.value
    where o.account_id = ${scope.accountId}`)
  if (rows.length === 0) return null
  return rows.some(({ reach }) => reach === 'all') ? 'all' : 'marketing'
}

/** Kept by everything that the person is known by, so it outlives the lead. Wider is never narrowed. */
export async function optOut(scope: Scope, known: Known, how: { reach: Reach; source: string }) {
  const before = await optOutOf(scope, known)
  const all = await allOf(scope, known)
  if (all.length === 0) return
  await scope.db.execute(sql`
    insert into opt_outs (account_id, kind, value, reach, source)
    select ${scope.accountId}::bigint, known.kind, known.value, ${how.reach}, ${how.source}
    from ${listed(all)} as known (kind, value)
    on conflict (account_id, kind, value) do update set reach = excluded.reach, source = excluded.source, at = now_ms()
    where opt_outs.reach = 'marketing' and excluded.reach = 'all'`)
  if (before === 'all' || before === how.reach) return
  await tell(scope, known, (lead) => ({ type: 'lead.opted_out', leadId: lead.id, data: { lead, ...how } }))
}

/** Takes it back, or only what concerns marketing. */
export async function optIn(scope: Scope, known: Known, how: { reach: Reach; source: string }) {
  const all = await allOf(scope, known)
  const { rowCount } = await scope.db.execute(sql`
    delete from opt_outs o using ${listed(all)} as known (kind, value)
    where o.account_id = ${scope.accountId} and o.kind = known.kind and o.value = known.value
      and (${how.reach} = 'all' or o.reach = 'marketing')`)
  if (!rowCount) return
  await tell(scope, known, (lead) => ({ type: 'lead.opted_in', leadId: lead.id, data: { lead, ...how } }))
}

async function tell(scope: Scope, { leadId }: Known, happening: (lead: { id: number }) => Happening) {
  const [lead] = leadId === null ? [] : await leadsById(scope, [leadId])
  if (lead) await record(scope, happening(lead))
}

/** What a lead holds and what it shows, beside what the contact brought. */
async function allOf(scope: Scope, { leadId, identities }: Known): Promise<Identity[]> {
  const given = identities as Identity[]
  if (leadId === null) return given
  const [lead] = await leadsById(scope, [leadId])
  const { rows } = await scope.db.execute<Identity>(sql`
    select kind, value from lead_identifiers
    where account_id = ${scope.accountId} and lead_id = ${leadId}
      and kind in ('phone', 'wa_id', 'lid', 'bsuid', 'chat_id')`)
  const phone = lead ? identitiesOf({ phone: lead.phone, email: null }) : []
  return [
    ...new Map([...given, ...rows, ...phone].map((each) => [`${each.kind} ${each.value}`, each])).values(),
  ]
}
