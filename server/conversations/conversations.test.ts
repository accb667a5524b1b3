import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../../test/harness.ts'
import { newTalk, say, silentNumber } from '../../test/whatsapp/talks.ts'

const app = await startApp()
const hour = 3_600_000
const ago = (hours: number) => new Date(Date.now() - hours * hour)
type Page = { data: Shown[]; meta: { total: number; has_more: boolean; next_cursor: string } }
type Told = {
  type: string
  previous: { unread_count: number }
  data: { conversation: { unread_count: number } }
}
type Shown = { id: number; unread_count: number; lead_id: number | null }
const ids = (list: Shown[]) => list.map(({ id }) => id)

/** Five conversations at two numbers, the first one the newest. */
async function newDesk() {
  const acme = await app.newAccount()
  const { scope } = acme
  const [official, phone] = [await silentNumber(scope), await silentNumber(scope, 'waha')]
  const { body } = await acme.post('/users', {
    name: 'Bia',
    email: `bia${scope.accountId}@x.com`,
    role: 'manager',
  })
  const bia = body.user.id as number
  const lead = async (name: string, email: string, assigned_to: number | null) =>
    (await acme.post('/leads', { name, email, assigned_to })).body.lead.id as number
  const [joao, caio] = [await lead('João', 'j@acme.com', bia), await lead('Caio', 'caio@acme.com', null)]
  const talks = [
    await newTalk(scope, official, { leadId: joao, name: 'Joãozinho' }),
    await newTalk(scope, official, { leadId: caio, name: 'Caio' }),
    await newTalk(scope, official, { name: 'Ninguém', phone: '+5551987654321' }),
    await newTalk(scope, phone, { leadId: joao, name: 'João do Zap' }),
    await newTalk(scope, phone, { name: null }),
  ]
  for (const [n, at] of [ago(1), ago(2), ago(30), ago(40), ago(50)].entries())
    await say(scope, talks[n]!, { at })
  return {
    acme,
    scope,
    official,
    phone,
    bia,
    joao,
    caio,
    talks: talks as [number, number, number, number, number],
  }
}

test('conversations come newest first, with their last message and their window', async () => {
  const { acme, scope, talks, bia, joao } = await newDesk()
  const { body } = await acme.get('/conversations')
  assert.deepEqual(ids(body.data), talks)
  const [first, , third, fourth] = body.data
  assert.deepEqual(first.lead, { id: joao, name: 'João', assigned_to: bia })
  assert.deepEqual([first.last_message.text, first.unread_count, first.window.is_open], ['Oi', 1, true])
  assert.deepEqual([third.window.is_restricted, third.window.is_open], [true, false])
  assert.deepEqual(fourth.window, { is_restricted: false, is_open: true, open_until: null })
  await say(scope, talks[4], { text: 'Voltei', direction: 'out' })
  const { data } = (await acme.get('/conversations')).body
  assert.deepEqual([data[0].id, data[0].last_message.text, data[0].unread_count], [talks[4], 'Voltei', 1])
})

test('every filter finds what it says, and counts it', async () => {
  const { acme, official, bia, joao, talks } = await newDesk()
  await acme.put(`/conversations/${talks[1]}/read`, {})
  const expected: [string, number[]][] = [
    ['unread=1', [0, 2, 3, 4]],
    ['unread=0', [1]],
    [`assigned_to=${bia}`, [0, 3]],
    ['assigned_to=none', [1, 2, 4]],
    [`instance_id=${official}`, [0, 1, 2]],
    [`lead_id=${joao}`, [0, 3]],
    ['window=open', [0, 1, 3, 4]],
    ['window=closed', [2]],
    ['q=joao', [0, 3]],
    ['q=joaozinho', [0]],
    ['q=JOÃO zap', [3]],
    ['q=caio@acme', [1]],
    ['q=ninguem', [2]],
    ['q=98765-4321', [2]],
    ['q=...', []],
    ['q=joao&unread=1&window=open&per_page=1', [0]],
  ]
  for (const [query, wanted] of expected) {
    const { data, meta } = (await acme.get(`/conversations?${encodeURI(query)}`)).body
    assert.deepEqual(
      ids(data),
      wanted.map((n) => talks[n]),
      query,
    )
    if (!query.includes('per_page')) assert.equal(meta.total, wanted.length, query)
  }
  const refused = await acme.get('/conversations?assigned_to=eu')
  assert.deepEqual(refused.body.errors, { assigned_to: ['The assigned to field must be an integer.'] })
})

test('both paginations show each conversation once', async () => {
  const { acme, talks } = await newDesk()
  for (const start of ['page=1', 'cursor=']) {
    const seen: number[] = []
    let next: string | null = start
    for (let page = 1; next && page < 9; page++) {
      const { data, meta }: Page = (await acme.get(`/conversations?per_page=2&${next}`)).body
      seen.push(...ids(data))
      next = !meta.has_more ? null : start === 'cursor=' ? `cursor=${meta.next_cursor}` : `page=${page + 1}`
      assert.equal(meta.total, 5)
    }
    assert.deepEqual(seen, talks, start)
  }
  const { status } = await acme.get('/conversations?cursor=x')
  assert.equal(status, 422)
})

test('messages come newest first by the provider’s time, and a panel catches up by id', async () => {
  const { acme, scope, talks } = await newDesk()
  const instant = ago(3)
  const late = [
    await say(scope, talks[0], { text: 'b', at: instant }),
    await say(scope, talks[0], { text: 'c', at: instant }),
  ]
  const all = (await acme.get(`/conversations/${talks[0]}/messages`)).body
  assert.deepEqual(
    all.data.map(({ text }: { text: string }) => text),
    ['Oi', 'c', 'b'],
  )
  const first = (await acme.get(`/conversations/${talks[0]}/messages?cursor=&per_page=2`)).body
  const second = (
    await acme.get(`/conversations/${talks[0]}/messages?per_page=2&cursor=${first.meta.next_cursor}`)
  ).body
  assert.deepEqual([...ids(first.data), ...ids(second.data)], ids(all.data))
  assert.equal(second.meta.next_cursor, null)
  const caught = (await acme.get(`/conversations/${talks[0]}/messages?after_id=${all.data[0].id}&per_page=1`))
    .body
  assert.deepEqual([ids(caught.data), caught.meta.has_more], [[late[0]], true])
})

test('what was read is what was seen: a message that comes meanwhile stays unread, and panels hear of it', async () => {
  const { acme, scope, talks } = await newDesk()
  const [talk] = talks
  const seen = await say(scope, talk)
  await say(scope, talk, { text: 'mais uma' })
  const read = await acme.put(`/conversations/${talk}/read`, { message_id: seen })
  assert.equal(read.body.conversation.unread_count, 1)
  assert.equal((await acme.put(`/conversations/${talk}/read`)).body.conversation.unread_count, 0)
  assert.equal((await acme.put(`/conversations/${talk}/unread`)).body.conversation.unread_count, 1)
  await acme.put(`/conversations/${talk}/unread`)
  const { data } = (await acme.get('/events')).body
  const told = data.filter(({ type }: { type: string }) => type.startsWith('conversation.'))
  assert.deepEqual(
    told.map(({ type, previous, data }: Told) => [
      type,
      previous.unread_count,
      data.conversation.unread_count,
    ]),
    [
      ['conversation.read', 3, 1],
      ['conversation.read', 1, 0],
      ['conversation.unread', 0, 1],
    ],
  )
  assert.equal(told[0].lead_id, null)
})

test('unread is exact, however many write and read at once', async () => {
  const { acme, scope, talks } = await newDesk()
  const [talk] = talks
  const one = async (n: number) =>
    n % 5 === 4 ? acme.put(`/conversations/${talk}/read`) : say(scope, talk, { text: String(n) })
  await Promise.all(Array.from({ length: 50 }, (_, n) => one(n)))
  const seen = await say(scope, talk)
  for (let n = 0; n < 7; n++) await say(scope, talk)
  const { body } = await acme.put(`/conversations/${talk}/read`, { message_id: seen })
  assert.equal(body.conversation.unread_count, 7)
})

test('who answers is the lead’s owner; without a lead there is nobody to give it to', async () => {
  const { acme, bia, caio, talks } = await newDesk()
  const { status, body } = await acme.put(`/conversations/${talks[1]}/assign`, { assigned_to: bia })
  assert.deepEqual([status, body.conversation.lead.assigned_to], [200, bia])
  assert.equal((await acme.get(`/leads/${caio}`)).body.lead.assigned_to, bia)
  const refused = await acme.put(`/conversations/${talks[2]}/assign`, { assigned_to: bia })
  assert.deepEqual([refused.status, refused.body.success], [422, false])
  const narrow = await app.newAccount({ scopes: ['whatsapp:read', 'whatsapp:write'] })
  const talk = await newTalk(narrow.scope, await silentNumber(narrow.scope))
  for (const [method, path] of [
    ['put', 'assign'],
    ['post', 'lead'],
  ] as const) {
    const asked = await narrow[method](`/conversations/${talk}/${path}`, { assigned_to: null })
    assert.deepEqual([asked.status, asked.body.required_permission], [403, 'leads:write'])
  }
})

test('who writes becomes a lead, or turns out to be one', async () => {
  const { acme, scope, official, caio, talks } = await newDesk()
  const made = await acme.post(`/conversations/${talks[2]}/lead`, { company: 'ACME' })
  assert.equal(made.status, 201)
  const { lead } = (await acme.get(`/leads/${made.body.conversation.lead_id}`)).body
  assert.deepEqual(
    [lead.name, lead.phone, lead.company, lead.source],
    ['Ninguém', '+5551987654321', 'ACME', 'whatsapp'],
  )
  const again = await acme.post(`/conversations/${talks[2]}/lead`, {})
  assert.deepEqual([again.status, again.body.conversation.lead_id], [200, lead.id])
  const known = await newTalk(scope, await silentNumber(scope, 'waha'), { phone: '+5551987654321' })
  assert.equal((await acme.post(`/conversations/${known}/lead`, {})).body.conversation.lead_id, lead.id)
  const corrected = await acme.post(`/conversations/${talks[2]}/lead`, { lead_id: caio })
  assert.deepEqual([corrected.status, corrected.body.conversation.lead_id], [200, caio])
  const listed = (await acme.get(`/leads/${caio}/conversations`)).body
  assert.deepEqual(ids(listed.data), [talks[1], talks[2]])
  const hidden = await newTalk(scope, official, {
    name: null,
    phone: '+5511900000000',
    identities: [{ kind: 'bsuid', value: 'BR.1' }],
  })
  const nameless = await acme.post(`/conversations/${hidden}/lead`, {})
  const holder = await app.database.pool.query(
    `-- test\nselect lead_id from lead_identifiers where account_id = $1 and kind = 'bsuid'`,
    [scope.accountId],
  )
  assert.equal(holder.rows[0].lead_id, nameless.body.conversation.lead_id)
})
