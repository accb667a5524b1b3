import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { startApp } from './harness.ts'

const app = await startApp()
const stageCount = 4

type Step =
  | { do: 'move' | 'put' | 'won' | 'lost' | 'come back'; lead: number; stage: number }
  | { do: 'complete' | 'reopen'; lead: number; pick: number }
  | { do: 'demand' | 'stop demanding'; stage: number }

const index = fc.nat({ max: 11 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('move', 'put', 'won', 'lost', 'come back'),
      lead: index,
      stage: index,
    }) as fc.Arbitrary<Step>,
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('complete', 'complete', 'reopen'),
      lead: index,
      pick: index,
    }) as fc.Arbitrary<Step>,
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('demand', 'stop demanding'),
      stage: index,
    }) as fc.Arbitrary<Step>,
  },
)

test('however leads are moved, by however many at once, no mandatory task is passed over or given twice', async () => {
  const plan = fc.record({
    demands: fc.array(fc.nat({ max: stageCount - 1 }), { maxLength: 4 }),
    leads: fc.integer({ min: 1, max: 3 }),
    sellers: fc.array(fc.array(step, { minLength: 3, maxLength: 12 }), { minLength: 2, maxLength: 5 }),
  })
  const numRuns = Number(process.env.FUNIL_PROPERTY_RUNS ?? 12)
  await fc.assert(
    fc.asyncProperty(plan, async ({ demands, leads, sellers }) => {
      const company = await found(demands, leads)
      await Promise.all(sellers.map((steps) => company.act(steps)))
      await company.check()
    }),
    { numRuns },
  )
})

async function found(demands: number[], leadCount: number) {
  const acme = await app.newAccount()
  const wanted = [{ name: 'A' }, { name: 'B' }, { name: 'C', is_won: true }, { name: 'D', is_lost: true }]
  const { pipeline } = (await acme.post('/pipelines', { name: 'P', stages: wanted })).body
  const stages: number[] = pipeline.stages.map((stage: { id: number }) => stage.id)
  const demanded: number[] = []
  const demand = async (stage: number) => {
    const body = { subject: 'Ligar para {{lead_name}}', type: 'call' }
    const { required_task } = (await acme.post(`/stages/${stages[stage % stageCount]}/required-tasks`, body))
      .body
    demanded.push(required_task.id)
  }
  for (const stage of demands) await demand(stage)
  const leads: number[] = []
  for (let n = 0; n < leadCount; n++) {
    leads.push((await acme.post('/leads', { name: `Lead ${n}`, stage_id: stages[n % 2] })).body.lead.id)
  }

  async function act(steps: Step[]) {
    for (const each of steps) {
      const { status, body } = await answerTo(each)
      assert.ok(status === 200 || status === 422 || status === 404, `${status} ${JSON.stringify(body)}`)
    }
  }

  async function answerTo(each: Step) {
    const nothing = { status: 200, body: {} }
    if (each.do === 'demand') {
      await demand(each.stage)
      return nothing
    }
    if (!('lead' in each)) {
      const id = demanded.pop()
      return id ? acme.delete(`/required-tasks/${id}`) : nothing
    }
    const lead = leads[each.lead % leads.length]
    if ('pick' in each) {
      const tasks = (await acme.get(`/tasks?lead_id=${lead}`)).body.data
      const task = tasks[each.pick % Math.max(tasks.length, 1)]
      return task ? acme.put(`/tasks/${task.id}/${each.do}`) : nothing
    }
    const stage_id = stages[each.stage % stageCount]
    if (each.do === 'won' || each.do === 'lost') return acme.put(`/leads/${lead}/${each.do}`)
    return each.do === 'put'
      ? acme.put(`/leads/${lead}`, { stage_id })
      : acme.put(`/leads/${lead}/stage`, { stage_id })
  }

  /** Replays each lead's own timeline and holds it against what the lead and its tasks have become. */
  async function check() {
    for (const id of leads) {
      const { lead } = (await acme.get(`/leads/${id}`)).body
      const tasks: Task[] = (await acme.get(`/tasks?lead_id=${id}&per_page=200`)).body.data
      const events: Event[] = (await acme.get(`/leads/${id}/events?per_page=200`)).body.data.toReversed()
      const mandatory = await mandatoryOf(id)
      assert.equal(
        new Set(mandatory.map((task) => task.required_task_id)).size,
        mandatory.length,
        'given twice',
      )
      explain(events, lead, tasks)
    }
    const { total } = (await acme.get('/leads')).body.meta
    assert.equal(total, leads.length)
  }

  async function mandatoryOf(leadId: number) {
    const { rows } = await app.database.pool.query<{
      required_task_id: number
      stage_id: number
      id: number
    }>(
      `-- test
       select t.id, t.required_task_id, r.stage_id from tasks t join required_tasks r on r.account_id = t.account_id and r.id = t.required_task_id
       where t.account_id = $1 and t.lead_id = $2`,
      [acme.account.id, leadId],
    )
    return rows
  }

  function explain(events: Event[], lead: Lead, tasks: Task[]) {
    let stage = events[0]!.data.lead!.stage_id
    const status = new Map<number, string>()
    const demandedBy = new Map<number, number | null>()
    for (const { type, data } of events) {
      if (type === 'task.created') {
        status.set(data.task!.id, 'pending')
        demandedBy.set(data.task!.id, stage)
      } else if (type.startsWith('task.')) status.set(data.task!.id, data.task!.status)
      else if (type === 'lead.stage_changed') {
        assert.equal(data.from!.id, stage, 'the timeline jumps')
        // A task whose demand was taken away holds nobody: those are known by being ordinary at the end.
        for (const task of tasks.filter((each) => each.is_mandatory && demandedBy.get(each.id) === stage)) {
          assert.equal(status.get(task.id), 'completed', `lead ${lead.id} left ${stage} over task ${task.id}`)
        }
        stage = data.to!.id
      }
    }
    assert.equal(stage, lead.stage_id, 'the timeline does not explain where the lead stands')
    assert.deepEqual(
      [...status].sort(([a], [b]) => a - b),
      tasks.map((task) => [task.id, task.status] as [number, string]).sort(([a], [b]) => a - b),
      'the timeline does not explain the tasks',
    )
  }

  return { act, check }
}

type Lead = { id: number; stage_id: number }
type Task = { id: number; status: string; is_mandatory: boolean }
type Event = {
  type: string
  data: { lead?: Lead; task?: Task; from?: { id: number }; to?: { id: number } }
}
