import { sql } from 'drizzle-orm'
import { claimIdentities, type Identity } from '#leads/identity/identity.ts'
import type { Scope } from '#platform/scope.ts'
import { isBsuid, kindOf } from '#whatsapp/numbers.ts'

export type Addressee = {
  conversation_id: number
  lead_id: number | null
  address: string
  identities: { kind: string; value: string }[]
}
type Learnt = { address: string | null; identities: { kind: string; value: string }[] }

/** Where the provider says that it went: the next one goes there, and the lead is known by it. */
export async function learnRecipient(scope: Scope, known: Addressee, { address, identities }: Learnt) {
  const isNew = (each: Identity) =>
    each.kind !== 'phone' && !known.identities.some((it) => it.kind === each.kind && it.value === each.value)
  const learnt = (identities as Identity[]).filter(isNew)
  const moved = address !== null && address !== known.address
  if (learnt.length === 0 && !moved) return
  // The lead before its conversation, as everywhere.
  if (known.lead_id !== null && learnt.length > 0) await claimFor(scope, known.lead_id, learnt)
  await scope.db.execute(sql`
    update conversations set
      address = ${moved ? address : known.address},
      identities = identities || ${JSON.stringify(learnt)}::jsonb
    where account_id = ${scope.accountId} and id = ${known.conversation_id}`)
}

async function claimFor(scope: Scope, leadId: number, learnt: Identity[]) {
  const { rowCount } = await scope.db.execute(sql`
    select id from leads where account_id = ${scope.accountId} and id = ${leadId} for no key update`)
  if (rowCount === 1)
    await claimIdentities(
      scope,
      learnt.map((each) => ({ ...each, lead_id: leadId })),
    )
}

/** What an address that was delivered to says about the person. */
export function identitiesAt(address: string): Identity[] {
  if (isBsuid(address)) return [{ kind: 'bsuid', value: address }]
  if (!address.includes('@')) return [{ kind: 'wa_id', value: address.replace(/\D/g, '') }]
  const chat: Identity = { kind: 'chat_id', value: address }
  return kindOf(address) === 'lid' ? [chat, { kind: 'lid', value: address }] : [chat]
}
