import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { inTransaction } from '#platform/scope.ts'
import { rank, settle } from '#whatsapp/outbox/course.ts'
import { applyStatus } from '#whatsapp/outbox/states.ts'
import type { StatusChange } from '#whatsapp/provider.ts'
import { failed } from '#whatsapp/reasons.ts'
import { startApp } from '../../../test/harness.ts'
import { metaNumberOf } from '../../../test/whatsapp/numbers.ts'

const app = await startApp()
const acme = await app.newAccount()
const instance = await metaNumberOf(acme.scope)
const { lead } = (await acme.post('/leads', { name: 'Ana', phone: '+5511987654321' })).body
const rows = async (text: string, values: unknown[]) =>
  (await app.database.pool.query(`-- test\n${text}`, values)).rows
const [{ id: conversation }] = await rows(
  `insert into conversations (account_id, instance_id, lead_id, address) values ($1, $2, $3, '5511987654321')
   returning id`,
  [acme.account.id, instance.id, lead.id],
)

/** A message that is being sent, whose answer has not come. */
async function newMessage(providerId: string | null = null) {
  const [{ id }] = await rows(
    `insert into messages (account_id, conversation_id, instance_id, direction, state, kind, content, text,
       provider_id, send_after, sending_since)
     values ($1, $2, $3, 'out', 'queued', 'text', '{}', 'Oi', $4, now(), now()) returning id`,
    [acme.account.id, conversation, instance.id, providerId],
  )
  return id as number
}

type Told = { status: StatusChange['status']; seconds: number }
const apply = (id: number, { status, seconds }: Told) =>
  inTransaction(acme.scope, (scope) =>
    applyStatus(
      scope,
      instance.id,
      {
        message_id: `wamid.${id}`,
        status,
        is_played: false,
        recipient: { address: null, phone: null, name: null, username: null, identities: [] },
        reference: String(id),
        failure: status === 'failed' ? failed('undeliverable') : null,
        pricing: null,
      },
      new Date(Date.UTC(2030, 0, 1, 0, 0, seconds)),
    ),
  )

const shown = async (id: number) => (await rows('select * from messages where id = $1', [id]))[0]

test('whatever is told, in any order and as often as it likes: no state goes back, and the end is the same', async () => {
  const told = fc.record({
    status: fc.constantFrom('sent', 'delivered', 'read', 'failed') as fc.Arbitrary<Told['status']>,
    seconds: fc.nat({ max: 50 }),
  })
  const twoOrders = fc
    .array(told, { minLength: 1, maxLength: 7 })
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })))
  await fc.assert(
    fc.asyncProperty(twoOrders, async (orders) => {
      const ends = []
      for (const order of orders) {
        const id = await newMessage()
        let height = 0
        for (const each of order) {
          const { state: before } = await shown(id)
          const applied = await apply(id, each)
          const { state } = await shown(id)
          assert.ok(rank[state as keyof typeof rank] >= height)
          if (state !== before) assert.equal(applied, 'applied')
          height = rank[state as keyof typeof rank]
        }
        const { state, sent_at, delivered_at, read_at, send_after, sending_since } = await shown(id)
        assert.deepEqual([send_after, sending_since], [null, null])
        ends.push({ state, sent_at, delivered_at, read_at })
        const { rows: events } = await app.database.pool.query(
          `-- test\nselect type from events where data->'message'->>'id' = $1`,
          [String(id)],
        )
        const left = order.some(({ status }) => status !== 'failed')
        assert.equal(events.filter(({ type }) => type === 'message.sent').length, left ? 1 : 0)
      }
      assert.deepEqual(ends[0], ends[1])
    }),
    { numRuns: Number(process.env.FUNIL_PROPERTY_RUNS ?? 25) },
  )
})

test('a status finds its message by our reference before the answer came, and only then', async () => {
  const id = await newMessage()
  assert.equal(await apply(id, { status: 'delivered', seconds: 1 }), 'applied')
  assert.deepEqual([(await shown(id)).state, (await shown(id)).provider_id], ['delivered', `wamid.${id}`])
  assert.equal(await apply(id, { status: 'delivered', seconds: 1 }), 'unchanged')
  const other = await newMessage('wamid.another')
  assert.equal(await apply(other, { status: 'sent', seconds: 1 }), 'no such message')
  assert.equal(await apply(999_999_999, { status: 'sent', seconds: 1 }), 'no such message')
})

test('an echo that was kept as a message of its own and the answer that comes after it are one', async () => {
  const [id, echo] = [await newMessage(), await newMessage('wamid.twin')]
  await apply(echo, { status: 'sent', seconds: 1 })
  await rows(`update messages set state = 'read', send_after = null, read_at = now() where id = $1`, [echo])
  const fact = { state: 'sent', at: null, providerId: 'wamid.twin' } as const
  const message = await inTransaction(acme.scope, (scope) => settle(scope, id, fact))
  assert.deepEqual([message!.id, message!.state, message!.provider_id], [id, 'read', 'wamid.twin'])
  assert.equal(await shown(echo), undefined)
})

test('who stopped marketing at Meta is marked', async () => {
  const id = await newMessage('wamid.marketing')
  await inTransaction(acme.scope, (scope) =>
    applyStatus(
      scope,
      instance.id,
      {
        message_id: 'wamid.marketing',
        status: 'failed',
        is_played: false,
        recipient: { address: null, phone: null, name: null, username: null, identities: [] },
        reference: null,
        failure: failed('opted_out', { code: 131050 }),
        pricing: null,
      },
      null,
    ),
  )
  assert.equal((await shown(id)).failure.reason, 'opted_out')
  assert.equal((await acme.get(`/leads/${lead.id}/whatsapp-check`)).body.opted_out, 'marketing')
})

test('a late refusal of the window leaves it open where the customer has written since', async () => {
  const windowAfter = async (lastInbound: string) => {
    const id = await newMessage()
    await rows(
      `update conversations set window_until = now() + interval '1 hour', last_inbound_at = now() + $2::interval
       where id = $1`,
      [conversation, lastInbound],
    )
    const failure = failed('window_closed', { code: 131047 })
    const recipient = { address: null, phone: null, name: null, username: null, identities: [] }
    const told = { message_id: `wamid.${id}`, status: 'failed', is_played: false, recipient } as const
    await inTransaction(acme.scope, (scope) =>
      applyStatus(scope, instance.id, { ...told, reference: String(id), failure, pricing: null }, null),
    )
    return (await rows('select window_until from conversations where id = $1', [conversation]))[0]
      .window_until
  }
  assert.equal(await windowAfter('-2 days'), null)
  assert.notEqual(await windowAfter('1 minute'), null)
})
