import assert from 'node:assert/strict'
import type { Database } from '#platform/database.ts'
import type { Instance } from '#whatsapp/channels.ts'
import { rank } from '#whatsapp/outbox/course.ts'
import type { Meta } from './meta-simulator.ts'
import type { Waha } from './waha-simulator.ts'

export type Customer = {
  name: string
  phone: string
  instanceId: number
  written: string[]
  write(text: string): void
}
/** What a seller asked for; `status` is null where the server died before it answered. */
export type Said = { text: string; status: number | null }
type Both = { meta: Meta; waha: Waha }

/** As many at each provider, with phones that Brazil writes in two ways. */
export function customers(
  howMany: number,
  { meta, waha }: Both,
  numbers: { official: Instance; session: Instance },
): Customer[] {
  return Array.from({ length: howMany * 2 }, (_, n) => {
    const isOfficial = n % 2 === 0
    const phone = `55519${String(80000000 + n)}`
    const written: string[] = []
    const waId = phone.replace(/^(5551)9/, '$1')
    waha.people.set(phone, `${waId}@c.us`)
    return {
      name: `${isOfficial ? 'meta' : 'waha'}-${n}`,
      phone,
      written,
      instanceId: isOfficial ? numbers.official.id : numbers.session.id,
      write(text) {
        written.push(text)
        if (isOfficial) meta.receive(waId, { type: 'text', text: { body: text } })
        else waha.receive(`${waId}@c.us`, { body: text })
      },
    }
  })
}

const longestQuietMs = 60_000

/** Until everything that was told has been read, and everything that was asked for has been sent or given up. */
export async function settled({ pool }: Database, accountId: number, longestSendSeconds: number) {
  let [left, since] = [Number.POSITIVE_INFINITY, Date.now()]
  for (;;) {
    // Minutes pass: what waited for a message is looked at again, and who was sending when it died is known to be dead.
    await pool.query(
      `-- test\nupdate whatsapp_hooks set due_at = now() where account_id = $1 and due_at > now()`,
      [accountId],
    )
    await pool.query(
      `-- test\nupdate messages set sending_since = now() - interval '2 minutes'
       where account_id = $1 and sending_since < now() - $2 * interval '1 second'`,
      [accountId, longestSendSeconds],
    )
    await pool.query(
      `-- test\nupdate messages set send_after = now() where account_id = $1 and send_after > now()`,
      [accountId],
    )
    await pool.query(
      `-- test\nupdate conversations set paced_until = '-infinity' where account_id = $1 and paced_until > now()`,
      [accountId],
    )
    await pool.query(
      `-- test\nupdate instances set paused_until = null where account_id = $1 and paused_until is not null`,
      [accountId],
    )
    const { rows } = await pool.query<{ left: number }>(
      `-- test\nselect (select count(*) from whatsapp_hooks where account_id = $1 and due_at is not null)
         + (select count(*) from messages where account_id = $1 and state = 'queued') as left`,
      [accountId],
    )
    if (rows[0]!.left === 0) return
    if (rows[0]!.left < left) [left, since] = [rows[0]!.left, Date.now()]
    if (Date.now() - since > longestQuietMs) throw new Error(`${left} are left, and nothing moves.`)
    await new Promise((done) => setTimeout(done, 250))
  }
}

type Row = {
  id: number
  text: string
  state: keyof typeof rank
  direction: string
  provider_id: string | null
}

export async function ensureNothingLost(
  { pool }: Database,
  accountId: number,
  { meta, waha, people, said }: Both & { people: Customer[]; said: Said[] },
) {
  const { rows } = await pool.query<Row>(
    '-- test\nselect id, text, state, direction, provider_id from messages where account_id = $1 order by id',
    [accountId],
  )
  const texts = (direction: string) =>
    rows.filter((row) => row.direction === direction).map(({ text }) => text)
  const written = people.flatMap((person) => person.written)
  assert.deepEqual(texts('in').toSorted(), written.toSorted(), 'every message of theirs is here once')
  const out = texts('out')
  assert.equal(new Set(out).size, out.length, 'none of ours is here twice')
  const answered = said.filter(({ status }) => status === 200 || status === 502)
  assert.deepEqual(
    answered.filter(({ text }) => !out.includes(text)),
    [],
    'whatever was answered is here',
  )
  ensureAtProviderOrMarked(rows, [
    ...meta.accepted.map(({ id, to, body }) => ({ id, to, text: body.text.body as string })),
    ...waha.accepted.map(({ id, chatId, body }) => ({ id, to: chatId, text: body.text as string })),
  ])
  await ensureForwards(pool, accountId)
  const { rows: wrong } = await pool.query(
    `-- test\nselect
       (select count(*) from leads where account_id = $1) as leads,
       (select count(*) from conversations where account_id = $1) as conversations,
       (select count(*) from whatsapp_hooks where account_id = $1 and trouble is not null) as troubled,
       (select count(*) from conversations c where account_id = $1 and unread_count <> (select count(*) from messages m
          where m.account_id = c.account_id and m.conversation_id = c.id and m.direction = 'in')) as miscounted`,
    [accountId],
  )
  const all = people.length
  assert.deepEqual(wrong[0], { leads: all, conversations: all, troubled: 0, miscounted: 0 })
  const states = Object.fromEntries(
    Object.entries(Object.groupBy(rows, ({ state }) => state)).map(([state, its]) => [state, its!.length]),
  )
  return { ...states, answered: answered.length, asked: said.length }
}

type Accepted = { id: string; to: string; text: string }

/** Nothing went out twice; what went out is known to have gone; what is said to have gone went; and in its order. */
function ensureAtProviderOrMarked(rows: Row[], accepted: Accepted[]) {
  const arrived = accepted.map(({ text }) => text)
  assert.equal(new Set(arrived).size, arrived.length, 'nothing arrived twice')
  const ours = new Map(rows.filter(({ direction }) => direction === 'out').map((row) => [row.text, row]))
  for (const { text, id } of accepted) {
    const row = ours.get(text)
    assert.ok(
      row && row.provider_id === id && rank[row.state] >= rank.sent,
      `${text} went out: ${row?.state}`,
    )
  }
  for (const { text, state } of ours.values()) {
    const isMarked = state === 'unknown' || state === 'failed'
    assert.ok(isMarked || arrived.includes(text), `${text} is ${state}, and never went out`)
  }
  for (const [to, its] of Map.groupBy(accepted, (each) => each.to)) {
    const order = its.map(({ text }) => text)
    assert.deepEqual(order, order.toSorted(), `${to} was written to in order`)
  }
}

/** What everybody was told of a message never takes a step back. */
async function ensureForwards(pool: Database['pool'], accountId: number) {
  const { rows } = await pool.query<{ message_id: number; state: keyof typeof rank }>(
    `-- test\nselect (data->'message'->>'id')::bigint as message_id, data->'message'->>'state' as state from events
     where account_id = $1 and type in ('message.sent', 'message.status') order by id`,
    [accountId],
  )
  for (const [id, steps] of Map.groupBy(rows, (row) => row.message_id)) {
    const ranks = steps.map(({ state }) => rank[state])
    assert.deepEqual(
      ranks,
      ranks.toSorted((a, b) => a - b),
      `message ${id}: ${steps.map(({ state }) => state)}`,
    )
  }
}
