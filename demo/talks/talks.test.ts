import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allOf, newCompany, sequencesOf, talksOf } from '../../test/company.ts'
import { startApp } from '../../test/harness.ts'

const app = await startApp()
const now = new Date('2026-06-15T15:20:00-03:00')
const company = await newCompany(app, { seed: 2, leads: 150, now })
const talks = await talksOf(company)
const sequences = await sequencesOf(company)
const everything = talks.flatMap(({ messages }) => messages)
const hourMs = 3_600_000

test('what was said lies in the past, one after another, and has come to rest', async () => {
  const instants = (of: (string | null)[]) => of.filter((at) => at !== null)
  const isSorted = (of: string[]) => assert.deepEqual(of, of.toSorted())
  for (const { messages } of talks) {
    isSorted(messages.map(({ happened_at }) => happened_at))
    for (const { direction, state, failure, ...message } of messages) {
      const { happened_at, sent_at, delivered_at, read_at, failed_at } = message
      const course = instants([happened_at, sent_at, delivered_at, read_at, failed_at])
      isSorted(course)
      assert.ok(new Date(course.at(-1)!) <= now)
      const resting = direction === 'in' ? ['received'] : ['delivered', 'read', 'failed']
      assert.ok(resting.includes(state), state)
      assert.equal(failure !== null, state === 'failed')
    }
  }
  const { rows } = await app.database.pool.query(`
    -- test
    select (select count(*) from messages where send_after is not null) as to_send,
      (select count(*) from whatsapp_hooks where due_at is not null) as to_hear,
      (select count(*) from message_media where due_at is not null) as to_fetch,
      (select count(*) from sequence_signals) as to_tell, (select count(*) from sequence_calls) as to_call`)
  assert.deepEqual(rows, [{ to_send: 0, to_hear: 0, to_fetch: 0, to_tell: 0, to_call: 0 }])
})

test('whoever has not written for a day was sent a template, and nothing else', () => {
  let texts = 0
  for (const { messages } of talks) {
    let heardAt = Number.NEGATIVE_INFINITY
    for (const { direction, kind, happened_at } of messages) {
      const at = new Date(happened_at).getTime()
      if (direction === 'in') heardAt = at
      else if (kind === 'text') {
        assert.ok(at < heardAt + 24 * hourMs, `a text ${(at - heardAt) / hourMs} hours after theirs`)
        texts++
      }
    }
  }
  assert.ok(texts > 100)
})

test('what is unread, the window and the last word are as the log tells them', async () => {
  const heard = await logOf('message.received')
  const seen = await logOf('conversation.read')
  assert.equal(heard.length, everything.filter(({ direction }) => direction === 'in').length)
  for (const { id, unread_count, window, last_message, messages } of talks) {
    const lastSeen = Math.max(0, ...seen.filter((of) => of.conversationId === id).map((of) => of.id))
    const since = heard.filter((of) => of.conversationId === id && of.id > lastSeen)
    assert.equal(unread_count, since.length)
    assert.equal(last_message.id, messages.at(-1)!.id)
    const last = messages.findLast(({ direction }) => direction === 'in')
    const closes = last && new Date(new Date(last.happened_at).getTime() + 24 * hourMs).toISOString()
    assert.equal(window.open_until, closes ?? null)
  }
  const unread = talks.filter(({ unread_count }) => unread_count > 0)
  assert.ok(unread.length >= 3 && unread.length < talks.length / 3, `${unread.length} of ${talks.length}`)
  assert.ok(
    unread.every(
      ({ last_message }) => now.getTime() - Date.parse(last_message.happened_at) < 5 * 24 * hourMs,
    ),
  )
})

test('talks are with the company’s leads, answered by who has them, and no two are alike', async () => {
  const leads = await allOf<{ id: number; name: string; phone: string }>(company, '/leads')
  const byId = new Map(leads.map((lead) => [lead.id, lead]))
  const names = new Set(sequences.map(({ name }) => name))
  for (const { lead, contact, messages } of talks) {
    const { name, phone } = byId.get(lead.id)!
    assert.deepEqual(contact, { ...contact, name, phone })
    const authors = messages.flatMap(({ author }) => author ?? [])
    assert.ok(
      authors.every(({ type, id, name }) => (type === 'user' ? id === lead.assigned_to : names.has(name))),
    )
  }
  assert.equal(new Set(talks.map(({ lead }) => lead.id)).size, talks.length)
  const answered = talks.filter(({ messages }) => messages.some(({ direction }) => direction === 'in'))
  const stories = new Set(answered.map(({ messages }) => messages.map(({ text }) => text).join('\n')))
  assert.equal(stories.size, answered.length)
  const lengths = talks.map(({ messages }) => messages.length)
  assert.ok(
    Math.min(...lengths) <= 2 && Math.max(...lengths) >= 15 && Math.max(...lengths) <= 32,
    `${lengths}`,
  )
  assert.ok(everything.some(({ failure }) => failure))
  // Nothing that a script leaves open is ever said.
  assert.deepEqual(
    everything.filter(({ text }) => /[{}[\]|]|undefined|NaN/.test(text ?? '')),
    [],
  )
})

test('sequences have ended in several ways, and what is under way goes on in days to come, not all at once', () => {
  assert.equal(sequences.length, 3)
  const runs = sequences.flatMap((sequence) => sequence.runs)
  for (const { status, runs } of sequences) {
    assert.equal(status, 'active')
    assert.ok(runs.length > 3)
  }
  const statuses = new Set(runs.map(({ status }) => status))
  for (const status of ['active', 'done', 'replied', 'stage_changed']) assert.ok(statuses.has(status), status)
  const active = runs.filter(({ status }) => status === 'active')
  const due = active.map(({ next_at }) => Date.parse(next_at!) - now.getTime())
  assert.ok(due.every((ms) => ms > 0 && ms < 40 * 24 * hourMs))
  const together = [...Map.groupBy(due, (ms) => ms).values()].map(({ length }) => length)
  assert.ok(active.length > 4 && Math.max(...together) <= active.length / 2, `${together}`)
  const sent = runs.flatMap(({ steps }) => steps).filter(({ outcome }) => outcome === 'sent')
  const said = new Map(everything.map((message) => [message.id, message]))
  for (const { message_id, at } of sent) assert.equal(said.get(message_id!)!.happened_at, at)
})

/** What the account's log tells of this, oldest first. */
async function logOf(type: string): Promise<{ id: number; conversationId: number }[]> {
  const found: { id: number; conversationId: number }[] = []
  for (let before: string | null = ''; before !== null; ) {
    const { body } = await company.get(`/events?type=${type}&per_page=200&before=${before}`)
    for (const { id, data } of body.data) {
      const { message, conversation } = data
      found.push({ id, conversationId: message?.conversation_id ?? conversation.id })
    }
    before = body.meta.next_before
  }
  return found.toReversed()
}
