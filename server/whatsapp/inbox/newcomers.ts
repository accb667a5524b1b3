import { sql } from 'drizzle-orm'
import { findAccount } from '#accounts/accounts.ts'
import { createDrafts, draftOf } from '#leads/creation.ts'
import { rulesFor } from '#leads/rules.ts'
import type { LeadChanges } from '#leads/schema.ts'
import { changeCounts } from '#leads/stages/counts.ts'
import { tried } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'
import { attributionOf } from '#whatsapp/inbox/ads.ts'
import { holderOf } from '#whatsapp/inbox/people.ts'
import type { Message, Person } from '#whatsapp/provider.ts'
import { whatsappSettings } from '#whatsapp/settings.ts'

/** Newcomers of one account are taken up one after another, so that two messages at two numbers make one lead. */
const newcomerLocks = 4_216_006
const longestName = 255

/** A lead for who writes first. Null where the account takes up none, or its plan has no room. */
export async function takeUp(scope: Scope, { person, ad }: Message): Promise<number | null> {
  const { takes_up_leads, pipeline_id } = await whatsappSettings(scope)
  if (!takes_up_leads) return null
  await scope.db.execute(
    sql`select pg_advisory_xact_lock(${newcomerLocks}, hashint8(${scope.accountId}::bigint))`,
  )
  const holder = await holderOf(scope, person)
  if (holder !== null) return holder
  return create(scope, {
    name: nameOf(person),
    phone: person.phone,
    source: 'whatsapp',
    pipeline_id,
    ...(ad ? attributionOf(ad) : {}),
  })
}

/** By the rules of any other, but for the fields that the account demands: a customer fills in no form. */
async function create(scope: Scope, input: LeadChanges): Promise<number | null> {
  const account = await findAccount(scope)
  const rules = await rulesFor(scope, account, [input], { creating: true })
  const draft = tried(() => draftOf({ ...rules, fields: [] }, input))
  const { results, counts } = await createDrafts(scope, account, [draft])
  await changeCounts(scope, counts)
  const [made] = results
  return made && 'done' in made ? made.done.id : null
}

const nameOf = ({ name, username, phone, address }: Person) =>
  (name?.trim() || username || phone || address || 'WhatsApp').slice(0, longestName)
