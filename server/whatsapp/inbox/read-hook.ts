import { sql } from 'drizzle-orm'
import { inTransaction, type Scope } from '#platform/scope.ts'
import type { Instance } from '#whatsapp/channels.ts'
import type { Heard, Hearing } from '#whatsapp/inbox/hearing.ts'
import { withPhone } from '#whatsapp/inbox/hidden.ts'
import type { Hook, Looked } from '#whatsapp/inbox/hooks.ts'
import { take } from '#whatsapp/inbox/meaning.ts'
import { storable } from '#whatsapp/inbox/texts.ts'
import type { Happening, Provider } from '#whatsapp/provider.ts'

/** So often is something looked at again: for about four minutes. */
const mostLooks = 8

export type Counted = (what: string) => void
export type Reading = { scope: Scope; instance: Instance; channel: () => Provider; count: Counted }
export type Opened = { hook: Hook; told: Happening[]; trouble: unknown }

/** One bad hook, or one bad thing in it, stops nothing else: it is tried again, and kept with its trouble. */
export async function hearHook(
  reading: Reading,
  { hook, told, trouble: unreadable }: Opened,
): Promise<Looked> {
  let isWaiting = false
  let trouble = unreadable
  for (const each of told) {
    try {
      if ((await hear(reading, hook, each)) === 'not yet') isWaiting = true
    } catch (error) {
      trouble = error
    }
  }
  return { hook, isWaiting, trouble }
}

/** What it tells of this number, or why that cannot be known. */
export function openHook({ instance, channel }: Reading, hook: Hook): Opened {
  try {
    const told = channel()
      .readWebhook(hook.body)
      .filter((each) => isAbout(instance, each))
    return { hook, told: told.map(storable), trouble: null }
  } catch (trouble) {
    return { hook, told: [], trouble }
  }
}

/** A body may tell of several numbers, and each reads its own copy. What is about no number concerns its whole business. */
const isAbout = ({ provider, number_key, business_key }: Instance, { number, business }: Happening) =>
  provider === 'sandbox' || (number === null ? business === business_key : number === number_key)

/** Each thing once: that it was heard commits with what it changes. */
async function hear({ scope, instance, channel, count }: Reading, hook: Hook, told: Happening) {
  const complete = await withPhone(scope, channel(), told)
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
