import { changeAccount, createAccount } from '#accounts/accounts.ts'
import { createKey } from '#accounts/keys/keys.ts'
import { createSignInLink } from '#accounts/sign-in/links.ts'
import { createUser } from '#accounts/users/users.ts'
import { createField } from '#fields/actions.ts'
import { changeTags, createLead, updateLead } from '#leads/actions.ts'
import { loseLead, moveLead, winLead } from '#leads/stages/moves.ts'
import { createPipeline } from '#pipelines/actions.ts'
import { createLostReason } from '#pipelines/lost-reasons.ts'
import { findPipeline } from '#pipelines/queries.ts'
import { createRequiredTask } from '#pipelines/requirements.ts'
import { tasksOfLeads } from '#pipelines/task-rows.ts'
import type { Handle } from '#platform/database.ts'
import type { Actor, Scope } from '#platform/scope.ts'
import { completeTask, createTask } from '#tasks/actions.ts'
import { daysAfter, instantOf, today as todayInBrazil, travelTo } from './clock.ts'
import * as plan from './company.ts'
import { lifeOf, type Moment } from './life.ts'

type Wanted = {
  seed?: number
  leads?: number
  today?: string
  onProgress?: (done: number, of: number) => void
}

/** A company with six months behind it, made by the same actions as the API's; whole or not at all. */
export function makeCompany(db: Handle, wanted: Wanted = {}) {
  const { seed = 1, leads = 500, today = todayInBrazil(), onProgress = () => {} } = wanted
  const lives = Array.from({ length: leads }, (_, lead) => lifeOf(seed, lead, today))
  const history = lives.flat().sort((a, b) => a.at.getTime() - b.at.getTime() || a.lead - b.lead)
  return db.transaction(async (tx) => {
    const company = await found(tx, history[0]?.at ?? instantOf(today))
    const leadIds = new Map<number, number>()
    for (const [index, moment] of history.entries()) {
      await travelTo(company.scope, moment.at)
      await live(company, leadIds, moment)
      if (index % 500 === 0) onProgress(index, history.length)
    }
    const signInToken = await createSignInLink(company.scope, company.users[0]!.id)
    return { account: company.account, signInToken, key: company.key, seed, leads }
  })
}

type Company = Awaited<ReturnType<typeof found>>

async function found(db: Handle, firstLead: Date) {
  const account = await createAccount(db, { name: plan.companyName, plan: 'unlimited' })
  const scope: Scope = {
    accountId: account.id,
    actor: { type: 'system', id: null, name: 'demo' },
    db,
    requestId: null,
  }
  await travelTo(scope, daysAfter(firstLead, -7))
  const users = []
  for (const person of plan.people) users.push(await createUser(scope, person))
  const pipelines = []
  for (const pipeline of plan.pipelines) pipelines.push(await foundPipeline(scope, pipeline))
  await changeAccount(scope, { default_pipeline_id: pipelines[0]!.id })
  const reasons = new Map<string, number>()
  for (const [, name] of plan.lostReasons) reasons.set(name, (await createLostReason(scope, { name })).id)
  for (const field of plan.fields) await createField(scope, field)
  const { id, name, key } = await createKey(scope, { name: 'Site' })
  const site: Actor = { type: 'key', id, name }
  return { account, scope, users, pipelines, reasons, site, key }
}

async function foundPipeline(scope: Scope, { name, stages }: plan.Pipeline) {
  const id = await createPipeline(scope, { name, stages })
  const pipeline = await findPipeline(scope, id)
  for (const [index, { demands = [] }] of stages.entries()) {
    for (const demand of demands) await createRequiredTask(scope, pipeline.stages[index]!.id, demand)
  }
  return pipeline
}

async function live(company: Company, leadIds: Map<number, number>, moment: Moment) {
  const { step } = moment
  const user = company.users[moment.seller]!
  const pipeline = company.pipelines[moment.pipeline]!
  const actor: Actor = moment.bySite ? company.site : { type: 'user', id: user.id, name: user.name }
  const scope = { ...company.scope, actor }
  const id = leadIds.get(moment.lead)!
  switch (step.do) {
    case 'create': {
      const place = { pipeline_id: pipeline.id, assigned_to: user.id }
      const lead = await createLead(scope, { ...step.input, ...place })
      return leadIds.set(moment.lead, lead.id)
    }
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
