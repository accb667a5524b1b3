import { and, eq, sql } from 'drizzle-orm'
import { instances } from '#conversations/tables.ts'
import { inTransaction, type Scope } from '#platform/scope.ts'
import { channelOf, type Instance, type Outside } from '#whatsapp/channels.ts'
import type { Heard, Hearing } from '#whatsapp/inbox/hearing.ts'
import { withPhone } from '#whatsapp/inbox/hidden.ts'
import { finishHook, type Hook, nextHook } from '#whatsapp/inbox/hooks.ts'
import { take } from '#whatsapp/inbox/meaning.ts'
import { storable } from '#whatsapp/inbox/texts.ts'
import type { Happening, Provider } from '#whatsapp/provider.ts'

/** What is left of a number's hooks after so many waits for the next look, so that every number has its turn. */
const mostAtOnce = 100
/** So often is something looked at again: for about four minutes. */
const mostLooks = 8

export type Counted = (what: string) => void
type Reading = { outside: Outside; scope: Scope; instance: Instance; count: Counted }

/** Reads what this number was told and is due, in order of arrival; says whether there is more. */
export async function readNumber(
  outside: Outside,
  { scope, instanceId }: { scope: Scope; instanceId: number },
  count: Counted,
): Promise<boolean> {
  const instance = await heardNow(scope, instanceId)
  for (let n = 0; n < mostAtOnce; n++) {
    const hook = await nextHook(scope, instanceId)
    if (!hook) return false
    await readHook({ outside, scope, instance, count }, hook)
  }
  return true
}

/** One bad hook, or one bad thing in it, stops nothing else: it is tried again, and kept with its trouble. */
async function readHook(reading: Reading, hook: Hook) {
  const { scope, outside, instance } = reading
  let isWaiting = false
  let trouble: unknown = null
  try {
    const provider = channelOf(instance, outside)
    for (const told of provider.readWebhook(hook.body)) {
      if (!isAbout(instance, told)) continue
      try {
        if ((await hear(reading, provider, hook, storable(told))) === 'not yet') isWaiting = true
      } catch (error) {
        trouble = error
      }
    }
  } catch (error) {
    trouble = error
  }
  await finishHook(scope, hook, { isWaiting, trouble })
}

/** A body may tell of several numbers, and each reads its own copy. What is about no number concerns its whole business. */
const isAbout = ({ provider, number_key, business_key }: Instance, { number, business }: Happening) =>
  provider === 'sandbox' || (number === null ? business === business_key : number === number_key)

/** Each thing once: that it was heard commits with what it changes. */
async function hear({ scope, instance, count }: Reading, provider: Provider, hook: Hook, told: Happening) {
  const complete = await withPhone(scope, provider, told)
  const notYet = new Error('not yet')
  try {
    return await inTransaction(scope, async (within) => {
      if (!(await isNew(within, instance.id, told.key))) return 'done'
      const heard = await take(hearingOf(within, instance, hook, told), complete)
      if (heard === 'not yet') throw notYet
      count(told.happening === 'ignored' ? `ignored: ${told.why}` : told.happening)
      return heard
    })
  } catch (error) {
    if (error === notYet) return 'not yet' satisfies Heard
    throw error
  }
}

function hearingOf(scope: Scope, instance: Instance, hook: Hook, { at }: Happening): Hearing {
  const now = Date.now()
  const when = Math.min(at?.getTime() ?? hook.received_at.getTime(), now)
  return { scope, instance, at: new Date(when), isLastLook: hook.tries >= mostLooks }
}

async function isNew(scope: Scope, instanceId: number, key: string) {
  const { rowCount } = await scope.db.execute(sql`
    insert into whatsapp_heard (account_id, instance_id, key) values (${scope.accountId}, ${instanceId}, ${key})
    on conflict do nothing`)
  return rowCount === 1
}

/** The number, and when it was heard of last: to the minute, for nobody should wait for this. */
async function heardNow(scope: Scope, id: number): Promise<Instance> {
  const itself = and(eq(instances.account_id, scope.accountId), eq(instances.id, id))
  const [instance] = await scope.db.select().from(instances).where(itself)
  if (!instance) throw new Error(`There is no number ${id}.`)
  const { last_heard_at } = instance
  if (!last_heard_at || last_heard_at.getTime() < Date.now() - 60_000)
    await scope.db.update(instances).set({ last_heard_at: sql`now_ms()` }).where(itself)
  return instance
}
