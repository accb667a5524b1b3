import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../../../test/harness.ts'

const app = await startApp()
type Account = Awaited<ReturnType<typeof app.newAccount>>
type Pair = { lead: { id: number; name: string }; duplicate: { id: number; name: string }; reasons: string[] }

const create = async (acme: Account, body: object) =>
  (await acme.post('/leads', { name: 'Ana', ...body })).body.lead
const pairsOf = async (acme: Account, query = ''): Promise<Pair[]> =>
  (await acme.get(`/leads/duplicates${query}`)).body.data
const shown = (pairs: Pair[]) => pairs.map(({ lead, duplicate, reasons }) => [lead.id, duplicate.id, reasons])

test('a phone, an e-mail, or a name with a company or a birthday makes a likely pair; a name alone does not', async () => {
  const acme = await app.newAccount()
  const ana = await create(acme, {
    phone: '+5511988887766',
    email: 'ana@x.com',
    company: 'Ação & Cia.',
    birthday: '1990-01-15',
  })
  const byPhone = await create(acme, { name: 'Outra', phone: '11 8888-7766' })
  const byEmail = await create(acme, { name: 'Mais uma', email: 'ANA@X.com', phone: '11 8888 7766' })
  const byCompany = await create(acme, { name: 'ANÁ', company: 'acao cia' })
  const byBirthday = await create(acme, { name: 'ana', birthday: '1990-01-15' })
  await create(acme, { name: 'Ana' })
  await create(acme, { name: 'Bia', company: 'Ação & Cia.' })
  await create(acme, { name: 'Ana', company: '!!!' })
  const pairs = await pairsOf(acme)
  assert.deepEqual(shown(pairs), [
    [ana.id, byBirthday.id, ['name_birthday']],
    [ana.id, byCompany.id, ['name_company']],
    [ana.id, byEmail.id, ['email', 'phone']],
    [ana.id, byPhone.id, ['phone']],
  ])
  assert.deepEqual(pairs[0]!.lead, (await acme.get(`/leads/${ana.id}`)).body.lead)
  assert.deepEqual(await pairsOf(await app.newAccount()), [])
})

test('a pair is gone when it is merged, changed or deleted, and the oldest that is left holds the phone', async () => {
  const acme = await app.newAccount()
  const phone = '+5511988887766'
  const [a, b, c, d] = [
    await create(acme, { phone }),
    await create(acme, { phone }),
    await create(acme, { phone }),
    await create(acme, { phone }),
  ]
  await acme.put(`/leads/${b.id}`, { phone: null })
  assert.deepEqual(shown(await pairsOf(acme)), [
    [a.id, d.id, ['phone']],
    [a.id, c.id, ['phone']],
  ])
  await acme.delete(`/leads/${a.id}`)
  assert.deepEqual(shown(await pairsOf(acme)), [[c.id, d.id, ['phone']]])
  await acme.put(`/leads/${b.id}`, { phone })
  await acme.post(`/leads/${d.id}/merge`, { duplicate_id: c.id })
  assert.deepEqual(shown(await pairsOf(acme)), [[d.id, b.id, ['phone']]])
  await acme.put(`/leads/${d.id}`, { phone: '+5511977776655' })
  assert.deepEqual(await pairsOf(acme), [])
  const found = await acme.post('/leads/upsert', { phone })
  assert.equal(found.body.lead.id, b.id)
})

test('pairs come in pages, newest first', async () => {
  const acme = await app.newAccount()
  for (let n = 0; n < 7; n++) await create(acme, { email: 'ana@x.com' })
  const seen: Pair[] = []
  for (const page of [1, 2, 3]) {
    const { status, body, headers } = await acme.get(`/leads/duplicates?per_page=2&page=${page}`)
    assert.equal(status, 200)
    assert.deepEqual([body.meta.total, body.meta.last_page, body.meta.has_more], [6, 3, page < 3])
    assert.match(headers.get('link') ?? '', /rel="first"/)
    seen.push(...body.data)
  }
  const duplicates = seen.map(({ duplicate }) => duplicate.id)
  assert.deepEqual(
    duplicates,
    duplicates.toSorted((a, b) => b - a),
  )
  assert.equal(new Set(duplicates).size, 6)
})

test('one lead’s pairs: whoever it stands behind, and whoever stands behind it', async () => {
  const acme = await app.newAccount()
  const first = await create(acme, { email: 'ana@x.com' })
  const second = await create(acme, { email: 'ana@x.com', phone: '+5511988887766' })
  const third = await create(acme, { phone: '+5511988887766' })
  await create(acme, { email: 'bia@x.com' })
  await create(acme, { email: 'bia@x.com' })
  const of = async ({ id }: { id: number }) => shown(await pairsOf(acme, `?lead_id=${id}`))
  assert.deepEqual(await of(first), [[first.id, second.id, ['email']]])
  assert.deepEqual(await of(second), [
    [second.id, third.id, ['phone']],
    [first.id, second.id, ['email']],
  ])
  assert.deepEqual(await of(third), [[second.id, third.id, ['phone']]])
  assert.equal((await acme.get(`/leads/duplicates?lead_id=${second.id}`)).body.meta.total, 2)
  assert.deepEqual(await of({ id: 999_999_999 }), [])
})
