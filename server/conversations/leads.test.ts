import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../../test/harness.ts'
import { newTalk, say, silentNumber } from '../../test/whatsapp/talks.ts'

const app = await startApp()
const hour = 3_600_000
const ago = (hours: number) => new Date(Date.now() - hours * hour)
type Shown = { id: number; lead_id: number | null }
const ids = (list: Shown[]) => list.map(({ id }) => id)

async function newDesk() {
  const acme = await app.newAccount()
  const number = await silentNumber(acme.scope)
  const lead = async (name: string) => (await acme.post('/leads', { name })).body.lead.id as number
  return { acme, scope: acme.scope, number, lead }
}

test('a lead shows the conversation last written in, with its window and newest messages', async () => {
  const { acme, scope, number, lead } = await newDesk()
  const [ana, bia] = [await lead('Ana'), await lead('Bia')]
  const old = await newTalk(scope, await silentNumber(scope, 'waha'), { leadId: ana })
  await say(scope, old, { text: 'antiga', at: ago(48) })
  const talk = await newTalk(scope, number, { leadId: ana })
  for (let n = 1; n <= 12; n++) await say(scope, talk, { text: `m${n}`, at: ago(13 - n) })
  const { lead: shown } = (await acme.get(`/leads/${ana}?include=conversation`)).body
  const { conversation } = shown
  assert.deepEqual(
    [conversation.id, conversation.unread_count, conversation.number.phone],
    [talk, 12, '+551140001234'],
  )
  assert.deepEqual([conversation.window.is_restricted, conversation.window.is_open], [true, true])
  assert.deepEqual(
    conversation.messages.map(({ text }: { text: string }) => text),
    ['m12', 'm11', 'm10', 'm9', 'm8', 'm7', 'm6', 'm5', 'm4', 'm3'],
  )
  assert.equal((await acme.get(`/leads/${bia}?include=conversation`)).body.lead.conversation, null)
  const blind = await app.newAccount({ scopes: ['leads:read', 'leads:write'] })
  const { body } = await blind.post('/leads', { name: 'Caio' })
  const { body: seen } = await blind.get(`/leads/${body.lead.id}?include=conversation`)
  assert.equal('conversation' in seen.lead, false)
})

test('more leads with conversations cost no more statements', async (t) => {
  const { acme, scope, number, lead } = await newDesk()
  for (let n = 0; n < 30; n++) await say(scope, await newTalk(scope, number, { leadId: await lead(`L${n}`) }))
  const query = t.mock.method(app.database.pool, 'query')
  const cost = async (path: string) => {
    query.mock.resetCalls()
    assert.equal((await acme.get(path)).status, 200)
    // The watermark is shared for half a second, so it is asked for now and then.
    return query.mock.calls.filter((call) => !JSON.stringify(call.arguments).includes('pg_stat_activity'))
      .length
  }
  assert.equal(
    await cost('/leads?include=conversation&per_page=30'),
    await cost('/leads?include=conversation&per_page=2'),
  )
  assert.equal(await cost('/conversations?per_page=30'), await cost('/conversations?per_page=2'))
  assert.ok((await cost('/conversations')) <= 5)
})

test('a merge brings the conversations together, and undone it gives each lead its own', async () => {
  const { acme, scope, number, lead } = await newDesk()
  const [ana, double] = [await lead('Ana'), await lead('Ana S.')]
  const [hers, theirs] = [
    await newTalk(scope, number, { leadId: ana }),
    await newTalk(scope, number, { leadId: double }),
  ]
  await say(scope, hers, { at: ago(2) })
  await say(scope, theirs, { at: ago(1) })
  await acme.post(`/leads/${ana}/merge`, { duplicate_id: double })
  assert.deepEqual(ids((await acme.get(`/leads/${ana}/conversations`)).body.data), [theirs, hers])
  assert.deepEqual(ids((await acme.get(`/leads/${double}/conversations`)).body.data), [theirs, hers])
  // Meanwhile the survivor's own goes elsewhere, and stays there.
  const caio = await lead('Caio')
  await acme.post(`/conversations/${hers}/lead`, { lead_id: caio })
  const { status } = await acme.post(`/leads/${ana}/unmerge`, { duplicate_id: double })
  assert.equal(status, 200)
  const of = async (id: number) => ids((await acme.get(`/leads/${id}/conversations`)).body.data)
  assert.deepEqual([await of(ana), await of(double), await of(caio)], [[], [theirs], [hers]])
})

test('a deleted lead takes its conversations and messages along, and no one else’s', async () => {
  const { acme, scope, number, lead } = await newDesk()
  const ana = await lead('Ana')
  const [hers, other] = [await newTalk(scope, number, { leadId: ana }), await newTalk(scope, number)]
  for (const talk of [hers, other]) await say(scope, talk)
  await acme.delete(`/leads/${ana}`)
  assert.deepEqual(ids((await acme.get('/conversations')).body.data), [other])
  const { rows } = await app.database.pool.query(
    '-- test\nselect conversation_id from messages where account_id = $1',
    [scope.accountId],
  )
  assert.deepEqual(rows, [{ conversation_id: other }])
})
