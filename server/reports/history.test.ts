import assert from 'node:assert/strict'
import { test } from 'node:test'
import { travelTo } from '#demo/clock.ts'
import { randomOf } from '#demo/random.ts'
import { createLead, deleteLead } from '#leads/actions.ts'
import { loseLead, moveLead, winLead } from '#leads/stages/moves.ts'
import { inTransaction } from '#platform/scope.ts'
import { newAccount, startApp } from '../../test/harness.ts'
import { newPerson } from '../../test/people.ts'
import { recomputed } from '../../test/recomputed.ts'

const app = await startApp()
// Clocks change on 2025-11-02 and 2026-03-08.
const timeZone = 'America/New_York'
const [begin, days] = [Date.UTC(2025, 9, 20), 160]

test('reports are what the leads’ own timelines tell, read one by one', async () => {
  for (const seed of [1, 2]) await compare(seed)
})

async function compare(seed: number) {
  const acme = await lived(seed)
  const told = await recomputed(acme, timeZone)
  const random = randomOf(seed)
  const dayOf = (after: number) => new Date(begin + after * 86_400_000).toISOString().slice(0, 10)
  let seen = 0
  for (let n = 0; n < 8; n++) {
    const first = random.whole(0, days)
    const period = { from: dayOf(first), to: dayOf(first + random.whole(0, 70)) }
    const whose = random.pick([{}, { source: 'site' }, { assigned_to: acme.people[0]!.id }])
    for (const pipeline of told.pipelines) {
      const asked = { ...period, ...whose, pipeline_id: pipeline.id }
      const { entered, stages } = await report('funnel', asked)
      assert.deepEqual({ entered, stages }, told.funnel(asked, pipeline), JSON.stringify({ seed, asked }))
      seen += entered
    }
    for (const group_by of [
      'day',
      'week',
      'month',
      'quarter',
      'reason',
      'source',
      'owner',
      'pipeline',
    ] as const) {
      const asked = { ...period, ...whose, group_by }
      const { totals, data } = await report('outcomes', asked)
      assert.deepEqual(grouped(data), told.outcomes(asked), JSON.stringify({ seed, asked }))
      assert.equal(totals.won_count + totals.lost_count, sum(data, 'won_count') + sum(data, 'lost_count'))
      assert.equal(Math.round(totals.won_value * 100), Math.round(sum(data, 'won_value') * 100))
    }
    for (const group_by of ['day', 'month', 'user'] as const) {
      const { data } = await report('activity', { ...period, group_by })
      assert.deepEqual(
        grouped(data),
        told.activity({ ...period, group_by }),
        JSON.stringify({ seed, period, group_by }),
      )
    }
  }
  assert.ok(seen > 20, `only ${seen} leads were in the funnels`)

  async function report(name: string, asked: Record<string, unknown>) {
    const query = new URLSearchParams(
      Object.entries(asked).map(([key, value]): [string, string] => [key, String(value)]),
    )
    const { status, body } = await acme.get(`/reports/${name}?${query}`)
    assert.equal(status, 200, JSON.stringify(body))
    return body
  }
}

type Group = Record<string, number> & { id: number | null; name: string | null }
const sum = (groups: Group[], measure: string) => groups.reduce((total, group) => total + group[measure]!, 0)

/** What there is in each group: the empty ones are left out. */
function grouped(groups: Group[]) {
  const measured = groups.map(
    ({ id, name, win_rate: _, ...measures }) => [String(id ?? name), measures] as const,
  )
  return Object.fromEntries(
    measured.filter(([, measures]) => Object.values(measures).some((each) => each > 0)),
  )
}

/** A company where leads are made, moved, won, lost, reopened and deleted at random for some months. */
async function lived(seed: number) {
  const random = randomOf(seed)
  const acme = await newAccount(app.url, app.database)
  await app.database.pool.query('update accounts set time_zone = $2 where id = $1', [
    acme.account.id,
    timeZone,
  ])
  await acme.post('/pipelines', { name: 'Outro' })
  const { pipelines, lost_reasons } = (await acme.get('/pipelines')).body
  const stages: { id: number }[] = pipelines.flatMap((each: { stages: object[] }) => each.stages)
  const people = [
    await newPerson(app.url, acme.scope, 'manager'),
    await newPerson(app.url, acme.scope, 'manager'),
  ]
  const leads: number[] = []
  const moments = Array.from({ length: 160 }, () => begin + random.next() * days * 86_400_000).sort(
    (a, b) => a - b,
  )
  for (const moment of moments) {
    await inTransaction(acme.scope, async (within) => {
      await travelTo(within, new Date(moment))
      const person = random.pick(people)
      const actor = random.chance(0.7)
        ? { type: 'user' as const, id: person.id, name: person.name }
        : within.actor
      const scope = { ...within, actor }
      const lead = leads.length > 0 ? random.pick(leads) : 0
      const chosen = random.weighted([
        [leads.length < 5 ? 1000 : 6, 'create'],
        [9, 'move'],
        [3, 'win'],
        [3, 'lose'],
        [0.5, 'delete'],
      ] as [number, string][])
      const act = lead ? chosen : 'create'
      if (act === 'create') {
        const made = await createLead(scope, {
          name: 'Ana',
          value: random.whole(0, 100_000) / 100,
          source: random.pick(['site', 'feira', null]),
          assigned_to: random.pick([...people.map(({ id }) => id), null]),
          stage_id: random.pick(stages).id,
        })
        leads.push(made.id)
      } else if (act === 'move') await moveLead(scope, lead, { stage_id: random.pick(stages).id })
      else if (act === 'win') await winLead(scope, lead, { value: random.whole(0, 100_000) / 100 })
      else if (act === 'lose')
        await loseLead(scope, lead, { reason_id: random.pick([...lost_reasons, { id: null }]).id })
      else {
        await deleteLead(scope, lead)
        leads.splice(leads.indexOf(lead), 1)
      }
    })
  }
  return { ...acme, people, leads }
}
