import { changeTags, createLead, updateLead } from '#leads/actions.ts'
import { loseLead, moveLead, winLead } from '#leads/stages/moves.ts'
import type { findPipeline } from '#pipelines/queries.ts'
import { tasksOfLeads } from '#pipelines/task-rows.ts'
import type { Actor, Scope } from '#platform/scope.ts'
import { completeTask, createTask } from '#tasks/actions.ts'
import type { Customer, Desk } from './desk.ts'
import type { Moment, Selling, Talking } from './life.ts'

export type Company = {
  scope: Scope
  users: { id: number; name: string }[]
  pipelines: Awaited<ReturnType<typeof findPipeline>>[]
  reasons: Map<string, number>
  site: Actor
}

/** What happens at this moment, by the action that whoever does it would use. */
export async function live(company: Company, desk: Desk, moment: Moment, customer: Customer) {
  const user = company.users[moment.seller]!
  const actor: Actor = moment.bySite ? company.site : { type: 'user', id: user.id, name: user.name }
  const scope = { ...company.scope, actor }
  const { step } = moment
  if (isTalking(step)) await talk(scope, desk, moment, customer, step)
  else await sell(company, scope, moment, customer, step)
  // Its sequences hear what happened to a lead.
  if (customer.runs.length > 0 && hearable.has(step.do)) await desk.goOn(moment, customer)
}

const hearable = new Set(['move', 'win', 'lose', 'hear', 'go on'])
const talking = new Set([
  'hear',
  'write',
  'write template',
  'see',
  'read',
  'finish',
  'enroll',
  'withdraw',
  'go on',
])
const isTalking = (step: Moment['step']): step is Talking => talking.has(step.do)

async function sell(company: Company, scope: Scope, moment: Moment, customer: Customer, step: Selling) {
  const pipeline = company.pipelines[moment.pipeline]!
  const user = company.users[moment.seller]!
  const id = customer.id!
  switch (step.do) {
    case 'create': {
      const place = { pipeline_id: pipeline.id, assigned_to: user.id }
      customer.id = (await createLead(scope, { ...step.input, ...place })).id
      return
    }
    case 'complete':
      return updateLead(scope, id, { ...step.input, assigned_to: user.id })
    case 'move':
      return moveLead(scope, id, { stage_id: pipeline.stages[step.stage]!.id })
    case 'win':
      return winLead(scope, id, { value: step.value })
    case 'lose':
      return loseLead(scope, id, { reason_id: company.reasons.get(step.reason)! })
    case 'change':
      return updateLead(scope, id, step.input)
    case 'tag':
      return changeTags(scope, id, { add: [step.tag] })
    case 'plan': {
      const { subject, type, due: due_date } = step
      return createTask(scope, { subject, type, due_date, lead_id: id, assigned_to: user.id })
    }
    case 'finish tasks': {
      const tasks = await tasksOfLeads(scope, [id])
      for (const task of tasks) if (task.status === 'pending') await completeTask(scope, task.id)
    }
  }
}

function talk(scope: Scope, desk: Desk, moment: Moment, customer: Customer, step: Talking) {
  switch (step.do) {
    case 'hear':
      return desk.hear(moment, customer, step.text)
    case 'write':
    case 'write template':
      return desk.write(scope, moment, customer, step)
    case 'see':
      return desk.see(scope, customer)
    case 'read':
      return desk.read(moment, customer)
    case 'finish':
      return completeTask(scope, step.task)
    case 'enroll':
      return desk.enroll(scope, moment, customer, step.sequence)
    case 'withdraw':
      return desk.withdraw(scope, moment, customer, step.sequence)
    case 'go on':
  }
}
