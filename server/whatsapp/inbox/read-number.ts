import { and, eq, sql } from 'drizzle-orm'
import { instances } from '#conversations/tables.ts'
import type { Scope } from '#platform/scope.ts'
import { channelOf, type Instance, type Outside } from '#whatsapp/channels.ts'
import { finishHooks, hooksDue } from '#whatsapp/inbox/hooks.ts'
import { type Counted, hearHook, openHook } from '#whatsapp/inbox/read-hook.ts'
import { wavesOf } from '#whatsapp/inbox/waves.ts'
import type { Provider } from '#whatsapp/provider.ts'

/** The rest of a number's hooks waits for the next look, so that every number has its turn. */
const mostOfANumber = 32

type Number = { scope: Scope; instanceId: number; atOnce: number }

/** Reads what this number was told and is due, in order of arrival. */
export async function readNumber(outside: Outside, { scope, instanceId, atOnce }: Number, count: Counted) {
  const instance = await heardNow(scope, instanceId)
  let made: Provider | undefined
  const channel = () => (made ??= channelOf(instance, outside))
  const reading = { scope, instance, channel, count }
  const due = await hooksDue(scope, instanceId, mostOfANumber)
  const opened = due.map((hook) => openHook(reading, hook))
  for (const wave of wavesOf(opened, atOnce))
    await finishHooks(scope, await Promise.all(wave.map((hook) => hearHook(reading, hook))))
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
