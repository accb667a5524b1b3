import { sql } from 'drizzle-orm'
import type { Scope } from '#platform/scope.ts'
import { abilitiesOf } from '#whatsapp/abilities.ts'
import type { Instance } from '#whatsapp/channels.ts'

/** The official API's limits: 80 messages a second for a number; to one person 45 at once, then one in six seconds. */
const official = {
  number: { everyMs: 1000 / 70, burstMs: 10 * (1000 / 70) },
  person: { everyMs: 6000, burstMs: 44 * 6000 },
}
/** Whoever runs the phone decides how much it bears. */
const free = { number: { everyMs: 0, burstMs: 0 }, person: { everyMs: 0, burstMs: 0 } }

/** How far a number may be ahead of its pace and still be asked. */
export const numberBurstMs = official.number.burstMs

/** An older message that goes first; one that waits for its hours lets the others pass. */
export const isAhead = sql`older.send_after is not null and (older.hours is null or older.send_after <= now())`

type Waiting = { id: number; conversation_id: number }

/** Takes the message's turn to be sent, if it is its turn. The conversation is held.
 *
 * Older ones of the conversation go first; the number and the person have a pace (GCRA); nobody is at it already.
 */
export async function takeTurn(
  scope: Scope,
  { id, conversation_id }: Waiting,
  instance: Instance,
): Promise<boolean> {
  const { number, person } = abilitiesOf(instance).has_window_restriction ? official : free
  const { rows } = await scope.db.execute<{ id: number }>(sql`
    with turn as (
      select 1 from conversations c
      where c.account_id = ${scope.accountId} and c.id = ${conversation_id}
        and c.paced_until <= now() + ${ms(person.burstMs)}
        and not exists (
          select 1 from messages older
          where older.account_id = ${scope.accountId} and older.conversation_id = c.id
            and older.id < ${id} and ${isAhead})
    ), number as (
      update instances set paced_until = greatest(paced_until, now()) + ${ms(number.everyMs)}
      where account_id = ${scope.accountId} and id = ${instance.id}
        and status = 'connected' and removed_at is null
        and coalesce(paused_until <= now(), true)
        and paced_until <= now() + ${ms(number.burstMs)}
        and exists (select from turn)
      returning 1
    ), person as (
      update conversations set paced_until = greatest(paced_until, now()) + ${ms(person.everyMs)}
      where account_id = ${scope.accountId} and id = ${conversation_id} and exists (select from number)
    )
    update messages set sending_since = now_ms(), tries = tries + 1
    where account_id = ${scope.accountId} and id = ${id} and send_after <= now_ms() and sending_since is null
      and exists (select from number)
    returning id`)
  if (rows.length === 1) return true
  await postpone(scope, { id, conversation_id }, person.burstMs)
  return false
}

/** Where it is the person who has had enough, nobody looks before they can take more. */
const postpone = (scope: Scope, { id, conversation_id }: Waiting, burstMs: number) =>
  scope.db.execute(sql`
    update messages m set send_after = greatest(m.send_after, c.paced_until - ${ms(burstMs)})
    from conversations c
    where m.account_id = ${scope.accountId} and m.id = ${id} and m.send_after is not null and m.sending_since is null
      and c.account_id = ${scope.accountId} and c.id = ${conversation_id}
      and c.paced_until - ${ms(burstMs)} > m.send_after`)

export const ms = (count: number) => sql`${count}::float8 * interval '1 millisecond'`
