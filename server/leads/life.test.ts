import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../../test/harness.ts'

const app = await startApp()
const acme = await app.newAccount()

test('an archived lead keeps its place, and comes back as what its stage says', async () => {
  const { lead } = (await acme.post('/leads', { name: 'Ana' })).body
  const archived = (await acme.put(`/leads/${lead.id}/archive`)).body.lead
  assert.deepEqual([archived.status, archived.stage_id], ['archived', lead.stage_id])
  await acme.put(`/leads/${lead.id}/archive`)
  assert.equal((await acme.get('/leads?status=archived')).body.meta.total, 1)
  assert.equal((await acme.put(`/leads/${lead.id}/unarchive`)).body.lead.status, 'open')
  const events = (await acme.get(`/leads/${lead.id}/events`)).body.data
  assert.deepEqual(
    events.map((event: { type: string; previous: unknown }) => [event.type, event.previous]),
    [
      ['lead.updated', { status: 'archived' }],
      ['lead.updated', { status: 'open' }],
      ['lead.created', null],
    ],
  )
})

test('won and lost are history: who, how much, why, from where, and when it was undone', async () => {
  const { pipelines, lost_reasons } = (await acme.get('/pipelines')).body
  const stages: { id: number; name: string }[] = pipelines[0].stages
  const idOf = (name: string) => stages.find((stage) => stage.name === name)!.id
  const { lead } = (await acme.post('/leads', { name: 'Bia', value: 70 })).body
  await acme.put(`/leads/${lead.id}/lost`, { reason_id: lost_reasons[0].id })
  await acme.put(`/leads/${lead.id}/lost`, { reason_id: lost_reasons[1].id })
  await acme.put(`/leads/${lead.id}/stage`, { stage_id: idOf('Proposta') })
  await acme.put(`/leads/${lead.id}/won`, { value: 90 })
  await acme.put(`/leads/${lead.id}/archive`)
  await acme.put(`/leads/${lead.id}/stage`, { stage_id: idOf('Novo') })
  const { data } = (await acme.get(`/leads/${lead.id}/outcomes`)).body
  const told = data.map(
    ({ outcome, value, reason, from_stage_id, reopened_at, actor }: Record<string, unknown>) => ({
      outcome,
      value,
      reason,
      from_stage_id,
      isReopened: reopened_at !== null,
      by: (actor as { type: string }).type,
    }),
  )
  assert.deepEqual(told, [
    { outcome: 'won', value: 90, reason: null, from_stage_id: idOf('Proposta'), isReopened: true, by: 'key' },
    {
      outcome: 'lost',
      value: 70,
      reason: lost_reasons[1],
      from_stage_id: idOf('Novo'),
      isReopened: true,
      by: 'key',
    },
  ])
})
