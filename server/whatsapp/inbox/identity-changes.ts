import { and, eq, sql } from 'drizzle-orm'
import { conversations } from '#conversations/tables.ts'
import { updateLead } from '#leads/actions.ts'
import { type Mark, releaseIdentities } from '#leads/identity/identity.ts'
import { findLead } from '#leads/queries.ts'
import type { Scope } from '#platform/scope.ts'
import type { Heard, Hearing } from '#whatsapp/inbox/hearing.ts'
import { optOut, optOutOf } from '#whatsapp/inbox/opt-outs.ts'
import { claimFor, holderOf, identitiesIn } from '#whatsapp/inbox/people.ts'
import type { Person } from '#whatsapp/provider.ts'

/** The same person under another number or id: the conversation goes on, and the old number is free for others. */
export async function changeIdentity(
  hearing: Hearing,
  { was, is }: { was: Person; is: Person },
): Promise<Heard> {
  const { scope } = hearing
  const leadId = await holderOf(scope, was)
  await keepOptOut(scope, leadId, was, is)
  if (was.address !== null) await redirect(hearing, was, is)
  if (leadId === null) return 'done'
  const gone = identitiesIn(was).filter(({ value }) => !is.identities.some((each) => each.value === value))
  await releaseIdentities(
    scope,
    gone.map((identity): Mark => ({ ...identity, lead_id: leadId })),
  )
  const lead = await findLead(scope, leadId)
  if (is.phone && lead.phone === was.phone && is.phone !== was.phone)
    await updateLead(scope, leadId, { phone: is.phone })
  await claimFor(scope, leadId, is)
  return 'done'
}

/** Who does not want to be written to does not want it under a new number either. */
async function keepOptOut(scope: Scope, leadId: number | null, was: Person, is: Person) {
  const known = { leadId, identities: [...was.identities, ...is.identities] }
  const reach = await optOutOf(scope, known)
  if (reach) await optOut(scope, known, { reach, source: 'new number' })
}

const redirect = ({ scope, instance }: Hearing, was: Person, is: Person) =>
  scope.db
    .update(conversations)
    .set({
      address: is.address ?? was.address!,
      contact_phone: sql`coalesce(${is.phone}::text, ${conversations.contact_phone})`,
      identities: is.identities,
    })
    .where(
      and(
        eq(conversations.account_id, scope.accountId),
        eq(conversations.instance_id, instance.id),
        eq(conversations.address, was.address!),
      ),
    )
