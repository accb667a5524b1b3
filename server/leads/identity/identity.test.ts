import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import pg from 'pg'
import { claimIdentities, findHolder, keyOf, marksOf } from '#leads/identity/identity.ts'
import { startApp } from '../../../test/harness.ts'

const app = await startApp()
type Account = Awaited<ReturnType<typeof app.newAccount>>

const phoneOf = (person: number) => `+551198888000${person}`
const emailOf = (person: number) => `p${person}@x.com`
const spellings = (person: number) => [
  phoneOf(person),
  `(11) 8888-000${person}`,
  `1198888000${person}`,
  `55118888000${person}`,
  `+55 11 9 8888 000${person}`,
]
const cases = (person: number) => [emailOf(person), emailOf(person).toUpperCase(), `P${person}@x.com`]
const rowsOf = async <T>(text: string, { account }: Account): Promise<T[]> =>
  (await app.database.pool.query(text, [account.id])).rows

test('one person in every spelling, singly and in batches, at the same moment, is one lead', async () => {
  const acme = await app.newAccount()
  const asked = [0, 1, 2].flatMap((person) =>
    spellings(person).flatMap((phone, n) => [
      { name: `P${person}`, phone, email: cases(person)[n % 3] },
      { name: `P${person}`, phone, email: cases(person)[(n + 1) % 3] },
    ]),
  )
  const answers = await Promise.all([
    ...asked.map((lead) => acme.post('/leads/upsert', lead)),
    acme.post('/leads/batch', { mode: 'upsert', leads: asked }),
    acme.post('/leads/batch', { mode: 'upsert', leads: asked.toReversed() }),
  ])
  for (const { status, body } of answers) assert.ok(status < 300, `${status} ${JSON.stringify(body)}`)
  const leads = await rowsOf<{ phone: string }>(
    'select phone from leads where account_id = $1 order by phone',
    acme,
  )
  assert.deepEqual(
    leads,
    [0, 1, 2].map((person) => ({ phone: phoneOf(person) })),
  )
})

test('every kind of identity finds its lead, by index, and belongs to one lead only', async () => {
  const acme = await app.newAccount()
  const ana = (await acme.post('/leads', { name: 'Ana', phone: phoneOf(1) })).body.lead
  const bia = (await acme.post('/leads', { name: 'Bia', phone: phoneOf(2) })).body.lead
  const kinds = ['wa_id', 'lid', 'username'] as const
  for (const kind of kinds) {
    const claim = (lead_id: number) => claimIdentities(acme.scope, [{ kind, value: 'x1', lead_id }])
    assert.deepEqual([...(await claim(ana.id)), ...(await claim(bia.id))], [bia.id])
    assert.equal(await findHolder(acme.scope, [{ kind, value: 'x1' }]), ana.id)
  }
  assert.equal(await findHolder(acme.scope, [{ kind: 'lid', value: 'x2' }]), null)
  const both = [
    { kind: 'phone' as const, value: phoneOf(2) },
    { kind: 'lid' as const, value: 'x1' },
  ]
  assert.equal(await findHolder(acme.scope, both), bia.id, 'the first is asked first')
  await acme.delete(`/leads/${ana.id}`)
  for (const kind of kinds) assert.equal(await findHolder(acme.scope, [{ kind, value: 'x1' }]), bia.id)
})

test('neither a look for a person nor the list of likely pairs reads through the account', async () => {
  const acme = await app.newAccount()
  const batch = (from: number) =>
    Array.from({ length: 100 }, (_, n) => ({ name: `L ${from + n}`, email: `l${from + n}@x.com` }))
  for (let from = 0; from < 3000; from += 100)
    await acme.post('/leads/batch', { mode: 'create', leads: batch(from) })
  await acme.post('/leads/batch', { mode: 'create', leads: batch(0).slice(0, 5) })
  await app.database.pool.query('-- test\nvacuum analyze leads, lead_identifiers, lead_rivals')
  const asked = [
    ...(await statementsOf(() => findHolder(acme.scope, [{ kind: 'email', value: 'l7@x.com' }]))),
    ...(await statementsOf(() => acme.post('/leads/upsert', { email: 'l7@x.com', company: 'X' }))),
    ...(await statementsOf(() => acme.get('/leads/duplicates'))),
  ].filter(({ text }) => /lead_identifiers|lead_rivals|"leads"/.test(text) && /^\s*(select|with)/.test(text))
  assert.ok(asked.length >= 4, `${asked.length} statements`)
  for (const { text, values } of asked) {
    const { rows } = await app.database.pool.query(`-- test\nexplain (format json) ${text}`, values)
    const plan = JSON.stringify(rows[0]['QUERY PLAN'])
    assert.match(plan, /"Node Type":"Index/, text)
    assert.doesNotMatch(plan, /"Node Type":"Seq Scan"[^{}]*"Relation Name":"(leads|lead_identifiers)"/, text)
  }
})

type Step = { do: (typeof deeds)[number]; person: number; other: number; pick: number; spelling: number }
const deeds = [
  'upsert by phone',
  'upsert by e-mail',
  'upsert by both',
  'upsert crossing over',
  'batch',
  'create',
  'change phone',
  'clear e-mail',
  'merge',
  'unmerge',
  'delete',
] as const
const people = 4

test('whatever many do at once, each identity has one holder, nobody is forgotten, and counts are exact', async (t) => {
  const step: fc.Arbitrary<Step> = fc.record({
    do: fc.constantFrom(...deeds),
    person: fc.nat({ max: people - 1 }),
    other: fc.nat({ max: people - 1 }),
    pick: fc.nat({ max: 20 }),
    spelling: fc.nat({ max: 4 }),
  })
  const sellers = fc.array(fc.array(step, { minLength: 4, maxLength: 10 }), { minLength: 2, maxLength: 5 })
  const seen = new Map<number, number>()
  await fc.assert(
    fc.asyncProperty(sellers, async (plans) => {
      const acme = await app.newAccount()
      const ids: number[] = []
      await Promise.all(
        plans.map(async (steps) => {
          for (const each of steps) {
            const { status, body } = await perform(acme, each, ids)
            assert.ok([200, 201, 404, 422, 503].includes(status), `${status} ${JSON.stringify(body)}`)
            seen.set(status, (seen.get(status) ?? 0) + 1)
            for (const lead of [
              body.lead,
              ...(body.results ?? []).map((each: { lead?: object }) => each.lead),
            ])
              if (lead && !ids.includes(lead.id)) ids.push(lead.id)
          }
        }),
      )
      await check(acme)
    }),
    { numRuns: Number(process.env.FUNIL_PROPERTY_RUNS ?? 25) },
  )
  t.diagnostic([...seen].map(([status, count]) => `${count} × ${status}`).join(', '))
  assert.ok((seen.get(200) ?? 0) > 50)
  assert.ok((seen.get(503) ?? 0) <= (seen.get(200) ?? 0) / 50, 'too many deadlocks')
})

function perform(acme: Account, { do: deed, person, other, pick, spelling }: Step, ids: number[]) {
  const phone = spellings(person)[spelling]!
  const email = cases(person)[spelling % 3]!
  const name = `P${person}`
  const id = ids[pick % ids.length] ?? 1
  const second = ids[(pick * 7 + person) % ids.length] ?? 2
  const upsert = (lead: object) => acme.post('/leads/upsert', { name, company: `C${pick}`, ...lead })
  switch (deed) {
    case 'upsert by phone':
      return upsert({ phone })
    case 'upsert by e-mail':
      return upsert({ email })
    case 'upsert by both':
      return upsert({ phone, email })
    case 'upsert crossing over':
      return upsert({ phone, email: emailOf(other) })
    case 'batch': {
      const leads = [
        { name, phone },
        { name, email },
        { name, phone: phoneOf(other), email },
        { name: 'Só nome' },
      ]
      return acme.post('/leads/batch', { mode: pick % 3 ? 'upsert' : 'create', leads })
    }
    case 'create':
      return acme.post('/leads', { name, phone, email: emailOf(other) })
    case 'change phone':
      return acme.put(`/leads/${id}`, { phone })
    case 'clear e-mail':
      return acme.put(`/leads/${id}`, { email: null })
    case 'merge':
      return acme.post(`/leads/${id}/merge`, { duplicate_id: second })
    case 'unmerge':
      return acme.post(`/leads/${id}/unmerge`, { duplicate_id: second })
    case 'delete':
      return acme.delete(`/leads/${id}`)
  }
}

type Row = { id: number; name: string; phone: string; email: string; company: string; birthday: string }
type Held = { kind: 'phone'; value: string; lead_id: number }

async function check(acme: Account) {
  const leads = await rowsOf<Row>('select * from leads where account_id = $1', acme)
  const held = await rowsOf<Held>('select * from lead_identifiers where account_id = $1', acme)
  const inLine = await rowsOf<Held>('select * from lead_rivals where account_id = $1', acme)
  const holders = new Map(held.map((row) => [keyOf(row), row.lead_id]))
  const line = new Set(inLine.map((row) => `${keyOf(row)} ${row.lead_id}`))
  for (const lead of leads) {
    for (const mark of marksOf(lead)) {
      const holder = holders.get(keyOf(mark))
      assert.ok(holder, `nobody holds ${keyOf(mark)} of lead ${lead.id}`)
      assert.equal(line.has(`${keyOf(mark)} ${lead.id}`), holder !== lead.id, `${keyOf(mark)} of ${lead.id}`)
    }
  }
  for (const row of inLine) {
    const holder = holders.get(keyOf(row))
    assert.ok(
      holder && holder !== row.lead_id,
      `${row.lead_id} stands in line for ${keyOf(row)} of ${holder}`,
    )
  }
  const counts = await rowsOf(
    `select stage_id from lead_counts c where account_id = $1 and leads <> (select count(*) from leads l
       where l.account_id = c.account_id and l.stage_id = c.stage_id)`,
    acme,
  )
  assert.deepEqual(counts, [])
  const both = await rowsOf(
    'select lead_id from lead_tombstones t join leads l on l.account_id = t.account_id and l.id = t.lead_id where t.account_id = $1',
    acme,
  )
  assert.deepEqual(both, [], 'a lead is there and gone')
  const stays = await rowsOf(
    `select l.id from leads l where account_id = $1 and 1 <> (select count(*) from stage_stays s
       where s.account_id = l.account_id and s.lead_id = l.id and s.left_at is null and s.stage_id = l.stage_id)`,
    acme,
  )
  assert.deepEqual(stays, [], 'each lead stands in one stage')
}

async function statementsOf(work: () => Promise<unknown>) {
  const asked: { text: string; values: unknown[] }[] = []
  const { submit } = pg.Query.prototype
  pg.Query.prototype.submit = function (this: pg.Query & { text: string; values: unknown[] }, connection) {
    asked.push({ text: this.text, values: this.values })
    return submit.call(this, connection)
  }
  try {
    await work()
  } finally {
    pg.Query.prototype.submit = submit
  }
  return asked
}
