import { and, eq, sql } from 'drizzle-orm'
import { instances } from '#conversations/tables.ts'
import type { Handle } from '#platform/database.ts'
import { type Actor, inAccount, type Scope } from '#platform/scope.ts'
import { channelOf, type Instance, type Outside } from '#whatsapp/channels.ts'
import { noteAnswer, noteCondition } from '#whatsapp/instances/state.ts'

const actor: Actor = { type: 'system', id: null, name: 'whatsapp' }
const atOnce = 5
const longestSilenceMs = 24 * 3_600_000

/** Looks after every number: is it still connected, and is it heard? One that fails does not keep the others waiting. */
export const lookAfterNumbers = (outside: Outside) =>
  forEachNumber(outside.db, async (instance) => {
    if (instance.status_reason === 'switched_off') return
    const answer = await channelOf(instance, outside).instanceState()
    const isSilentNow = 'found' in answer && answer.found.status === 'connected' && isSilent(instance)
    await inAccount(outside.db, instance.account_id, actor, (scope) =>
      isSilentNow ? noteSilence(scope, instance) : noteAnswer(scope, instance, answer),
    )
  })

/** WAHA may say that all is well, and tell nothing any more. */
const isSilent = ({ provider, last_heard_at, created_at }: Instance) =>
  provider === 'waha' && Date.now() - (last_heard_at ?? created_at).getTime() > longestSilenceMs

const noteSilence = (scope: Scope, { id }: Instance) =>
  noteCondition(scope, id, ({ status_detail: detail }) => ({ status: 'connected', reason: 'silent', detail }))

/** Every number of every account that was not removed. */
export async function forEachNumber(db: Handle, work: (instance: Instance) => Promise<unknown>) {
  const { rows } = await db.execute<{ account_id: number; id: number }>(sql`-- across accounts: housekeeping
    select account_id, id from instances where removed_at is null order by account_id, id`)
  const waiting = rows.values()
  const troubles: unknown[] = []
  async function next() {
    for (const { account_id, id } of waiting) {
      try {
        const [instance] = await db
          .select()
          .from(instances)
          .where(and(eq(instances.account_id, account_id), eq(instances.id, id)))
        if (instance && !instance.removed_at) await work(instance)
      } catch (error) {
        troubles.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, next))
  if (troubles.length > 0)
    throw new AggregateError(troubles, `${troubles.length} numbers could not be looked after.`)
}
