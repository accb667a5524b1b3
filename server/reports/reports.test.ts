import assert from 'node:assert/strict'
import { test } from 'node:test'
import { travelTo } from '#demo/clock.ts'
import { createLead } from '#leads/actions.ts'
import { loseLead, moveLead, winLead } from '#leads/stages/moves.ts'
import { inTransaction, type Scope } from '#platform/scope.ts'
import { startApp } from '../../test/harness.ts'

const app = await startApp()
type Client = Awaited<ReturnType<typeof app.newAccount>>

/** Does something as if it were then. */
const at = <T>({ scope }: { scope: Scope }, instant: string, work: (scope: Scope) => Promise<T>) =>
  inTransaction(scope, async (within) => {
    await travelTo(within, new Date(instant))
    return work(within)
  })

const stagesOf = async (client: Client): Promise<{ id: number; name: string }[]> =>
  (await client.get('/pipelines')).body.pipelines[0].stages

async function report(client: Client, path: string) {
  const { status, body } = await client.get(`/reports/${path}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

test('a sale late on the last day of a month belongs to that month where the account is', async () => {
  const acme = await app.newAccount()
  // 23:30 of June 30th and 00:30 of July 1st in São Paulo; both are July in UTC.
  for (const [instant, value] of [
    ['2026-07-01T02:30:00Z', 100.1],
    ['2026-07-01T03:30:00Z', 50.25],
  ] as const) {
    await at(acme, instant, async (scope) => {
      const lead = await createLead(scope, { name: 'Ana', value, source: 'site' })
      await winLead(scope, lead.id, {})
    })
  }
  const june = await report(acme, 'outcomes?from=2026-06-01&to=2026-06-30')
  assert.deepEqual(june.period, { from: '2026-06-01', to: '2026-06-30', time_zone: 'America/Sao_Paulo' })
  assert.deepEqual(june.totals, {
    won_count: 1,
    won_value: 100.1,
    lost_count: 0,
    lost_value: 0,
    win_rate: 1,
  })
  const { data } = await report(acme, 'outcomes?from=2026-06-30&to=2026-08-01&group_by=month')
  assert.deepEqual(
    data.map(({ name, won_value }: { name: string; won_value: number }) => [name, won_value]),
    [
      ['2026-06-01', 100.1],
      ['2026-07-01', 50.25],
      ['2026-08-01', 0],
    ],
  )
  assert.equal((await report(acme, 'funnel?from=2026-06-01&to=2026-06-30')).entered, 1)
  const { totals } = await report(acme, 'activity?from=2026-07-01&to=2026-07-01')
  assert.deepEqual([totals.leads_created, totals.leads_won], [1, 1])
})

test('days keep their length when the clocks change, even at a midnight that does not exist', async () => {
  const cases = [
    // In 2018 São Paulo went from 23:59:59 on November 3rd to 01:00 on the 4th, 03:00 UTC,
    // and in February from 23:59:59 on the 17th back to 23:00, so that the 18th began at 03:00 UTC.
    {
      zone: 'America/Sao_Paulo',
      day: '2018-11-04',
      begins: '2018-11-04T03:00:00Z',
      ends: '2018-11-05T02:00:00Z',
    },
    {
      zone: 'America/Sao_Paulo',
      day: '2018-02-17',
      begins: '2018-02-17T02:00:00Z',
      ends: '2018-02-18T03:00:00Z',
    },
    {
      zone: 'America/New_York',
      day: '2025-11-02',
      begins: '2025-11-02T04:00:00Z',
      ends: '2025-11-03T05:00:00Z',
    },
    {
      zone: 'America/New_York',
      day: '2026-03-08',
      begins: '2026-03-08T05:00:00Z',
      ends: '2026-03-09T04:00:00Z',
    },
  ]
  for (const { zone, day, begins, ends } of cases) {
    const acme = await app.newAccount()
    await app.database.pool.query('update accounts set time_zone = $2 where id = $1', [acme.account.id, zone])
    const [first, last] = [begins, ends].map((instant) => new Date(instant).getTime()) as [number, number]
    for (const instant of [first - 1, first, last - 1, last]) {
      await at(acme, new Date(instant).toISOString(), async (scope) => {
        await winLead(scope, (await createLead(scope, { name: 'Ana', value: 1 })).id, {})
      })
    }
    const query = `from=${day}&to=${day}`
    assert.equal((await report(acme, `outcomes?${query}`)).totals.won_count, 2, `${zone} ${day}`)
    assert.equal((await report(acme, `activity?${query}`)).totals.leads_won, 2, `${zone} ${day}`)
    assert.equal((await report(acme, `funnel?${query}`)).entered, 2, `${zone} ${day}`)
    const around = await report(acme, `outcomes?from=2018-01-01&to=2019-12-31&group_by=day`)
    const counts = around.data.filter((each: { won_count: number }) => each.won_count > 0)
    if (day.startsWith('2018'))
      assert.deepEqual(
        counts.map((each: { won_count: number }) => each.won_count),
        [1, 2, 1],
      )
  }
})

test('what was reopened is no outcome any more, but it was done', async () => {
  const acme = await app.newAccount()
  const stages = await stagesOf(acme)
  const period = 'from=2026-05-01&to=2026-05-31'
  const id = await at(acme, '2026-05-04T12:00:00Z', async (scope) => {
    const lead = await createLead(scope, { name: 'Ana', value: 80 })
    await winLead(scope, lead.id, {})
    return lead.id
  })
  assert.equal((await report(acme, `outcomes?${period}`)).totals.won_count, 1)
  await at(acme, '2026-06-04T12:00:00Z', (scope) => moveLead(scope, id, { stage_id: stages[1]!.id }))
  assert.deepEqual((await report(acme, `outcomes?${period}`)).totals, {
    won_count: 0,
    won_value: 0,
    lost_count: 0,
    lost_value: 0,
    win_rate: null,
  })
  assert.equal((await report(acme, `activity?${period}`)).totals.leads_won, 1)
})

test('who skipped a stage has passed it, and being lost is no progress', async () => {
  const acme = await app.newAccount()
  const stages = await stagesOf(acme)
  const [, two, three] = stages.map((stage) => stage.id)
  const day = (n: number) => `2026-05-0${n}T12:00:00Z`
  const came = (n: number) => at(acme, day(n), (scope) => createLead(scope, { name: 'Ana', value: 10 }))
  const [won, lost, standing] = [await came(1), await came(1), await came(2)]
  await at(acme, day(2), (scope) => moveLead(scope, won.id, { stage_id: three! }))
  await at(acme, day(3), (scope) => winLead(scope, won.id, { value: 25 }))
  await at(acme, day(4), (scope) => loseLead(scope, lost.id, {}))
  await at(acme, day(6), (scope) => moveLead(scope, standing.id, { stage_id: two! }))
  const { entered, stages: shown } = await report(acme, 'funnel?from=2026-05-01&to=2026-05-02')
  assert.equal(entered, 3)
  const dayS = 86_400
  const columns = shown.map((each: Record<string, unknown>) => [
    each.name,
    each.reached,
    each.conversion_from_previous,
    each.conversion_from_first,
    each.standing,
    each.standing_value,
    each.average_seconds,
    each.median_seconds,
  ])
  assert.deepEqual(columns, [
    ['Novo', 3, null, 1, 0, 0, Math.round((8 * dayS) / 3), 3 * dayS],
    ['Contato feito', 2, 0.6667, 0.6667, 1, 10, null, null],
    ['Qualificado', 1, 0.5, 0.3333, 0, 0, dayS, dayS],
    ['Proposta', 1, 1, 0.3333, 0, 0, null, null],
    ['Negociação', 1, 1, 0.3333, 0, 0, null, null],
    ['Ganho', 1, 1, 0.3333, 1, 25, null, null],
    ['Perdido', 1, null, 0.3333, 1, 10, null, null],
  ])
})

test('another account’s data never counts, and its pipeline is none', async () => {
  const [acme, other] = [await app.newAccount(), await app.newAccount()]
  const lead = (await other.post('/leads', { name: 'Ana', value: 10 })).body.lead
  await other.put(`/leads/${lead.id}/won`)
  assert.equal((await report(other, 'outcomes')).totals.won_count, 1)
  assert.equal((await report(acme, 'outcomes')).totals.won_count, 0)
  assert.equal((await report(acme, 'funnel')).entered, 0)
  assert.equal((await report(acme, 'activity')).totals.leads_created, 0)
  const { status, body } = await acme.get(`/reports/funnel?pipeline_id=${lead.pipeline_id}`)
  assert.deepEqual([status, body.errors], [422, { pipeline_id: ['The selected pipeline id is invalid.'] }])
})

test('the period is thirty days unless said, and is refused in Laravel’s words', async () => {
  const acme = await app.newAccount()
  const { period } = await report(acme, 'funnel')
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Sao_Paulo' }).format(new Date())
  assert.equal(period.to, today)
  assert.equal(new Date(period.to).getTime() - new Date(period.from).getTime(), 29 * 86_400_000)
  assert.equal((await report(acme, 'funnel?to=2026-03-31')).period.from, '2026-03-02')
  const refused = {
    'from=2026-06-02&to=2026-06-01': { to: ['The to field must be a date after or equal to from.'] },
    'from=2024-06-01&to=2026-06-02': { to: ['The to field must be a date before or equal to 2026-06-01.'] },
    'from=yesterday&to=2026-02-30': {
      from: ['The from field must be a valid date.'],
      to: ['The to field must be a valid date.'],
    },
  }
  for (const report of ['funnel', 'outcomes', 'activity']) {
    for (const [query, errors] of Object.entries(refused)) {
      const { status, body } = await acme.get(`/reports/${report}?${query}`)
      assert.deepEqual([status, body.errors], [422, errors], `${report}?${query}`)
    }
    for (const edge of [
      'from=2024-06-01&to=2026-06-01',
      'to=0001-01-02',
      'from=9999-12-31',
      'from=9998-12-01&to=9999-12-31',
    ])
      assert.equal((await acme.get(`/reports/${report}?${edge}`)).status, 200, edge)
  }
  const { body } = await acme.get('/reports/outcomes?group_by=moon')
  assert.deepEqual(body.errors, { group_by: ['The selected group by is invalid.'] })
})

test('reports need their own permission', async () => {
  const acme = await app.newAccount({ scopes: ['leads:read', 'events:read'] })
  for (const name of ['funnel', 'outcomes', 'activity']) {
    const { status, body } = await acme.get(`/reports/${name}`)
    assert.deepEqual([status, body.required_permission], [403, 'reports:read'])
  }
})
