import { changeAccount, createAccount } from '#accounts/accounts.ts'
import { createKey } from '#accounts/keys/keys.ts'
import { createSignInLink } from '#accounts/sign-in/links.ts'
import { createUser } from '#accounts/users/users.ts'
import { createField } from '#fields/actions.ts'
import { readPhone } from '#leads/identity/phone.ts'
import { createPipeline } from '#pipelines/actions.ts'
import { createLostReason } from '#pipelines/lost-reasons.ts'
import { findPipeline } from '#pipelines/queries.ts'
import { createRequiredTask } from '#pipelines/requirements.ts'
import { type Handle, mayTakeLong } from '#platform/database.ts'
import type { Actor, Scope } from '#platform/scope.ts'
import { createSequence } from '#sequences/actions.ts'
import { addSandbox } from '#whatsapp/instances/actions.ts'
import { listTemplates } from '#whatsapp/templates/list.ts'
import { type Agenda, createAgenda } from './agenda.ts'
import { dayOf, daysAfter, travelTo } from './clock.ts'
import * as plan from './company.ts'
import { type Customer, createDesk } from './desk.ts'
import { lifeOf } from './life.ts'
import { live } from './live.ts'
import { type Random, randomOf } from './random.ts'
import { type SequenceName, sequencesWith } from './sequences.ts'
import { type Talk, talkOf } from './talks/talk.ts'

type Wanted = {
  seed?: number
  leads?: number
  now?: Date
  onProgress?: (done: number, of: number) => void
}

/** A company with six months behind it, made by the same actions as the API's; whole or not at all. */
export function makeCompany(db: Handle, wanted: Wanted = {}) {
  const { seed = 1, leads = 500, now = new Date(), onProgress = () => {} } = wanted
  const talks = Array.from({ length: leads }, (_, lead) => talkOf(seed, lifeOf(seed, lead, dayOf(now)), now))
  const customers = talks.map((talk, lead) => customerOf(talk, randomOf(seed * 3_000_017 + lead)))
  const agenda = createAgenda(talks.flatMap(({ moments }) => moments))
  return db.transaction(async (tx) => {
    await mayTakeLong(tx)
    const founded = daysAfter(agenda.peek()?.at ?? now, -7)
    const company = await found(tx, founded)
    const desk = await openDesk(company.scope, agenda, { founded, now })
    let clock: Date | undefined
    for (let moment = agenda.next(); moment && moment.at < now; moment = agenda.next()) {
      const { done, of } = agenda.progress()
      if (done % 500 === 1) onProgress(done - 1, of)
      const customer = customers[moment.lead]!
      if (desk.isOver(moment, customer)) continue
      if (moment.at.getTime() !== clock?.getTime()) await travelTo(company.scope, moment.at)
      clock = moment.at
      await live(company, desk, moment, customer)
    }
    await desk.close()
    const signInToken = await createSignInLink(company.scope, company.users[0]!.id)
    return { account: company.account, signInToken, key: company.key, seed, leads }
  })
}

function customerOf({ input, reads, fails }: Talk, random: Random): Customer {
  const phone = readPhone(input.phone!, 'BR')
  const known = { name: input.name, phone, reads, fails, random }
  return { ...known, id: null, conversationId: null, isUnseen: false, unread: new Set(), runs: [] }
}

async function found(db: Handle, founded: Date) {
  const account = await createAccount(db, { name: plan.companyName, plan: 'unlimited' })
  const scope: Scope = {
    accountId: account.id,
    actor: { type: 'system', id: null, name: 'demo' },
    db,
    requestId: null,
  }
  await travelTo(scope, founded)
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

/** The number that customers write to, and some weeks later what it sends by itself. */
async function openDesk(scope: Scope, agenda: Agenda, { founded, now }: { founded: Date; now: Date }) {
  const daysAgo = (days: number) => new Date(Math.max(founded.getTime(), daysAfter(now, -days).getTime()))
  await travelTo(scope, daysAgo(plan.numberDays))
  const instance = await addSandbox(scope, plan.number.name, plan.number.phone)
  const { data } = await listTemplates(scope, { page: 1, per_page: 50 })
  const templates = new Map(data.map(({ name, id }) => [name, id]))
  await travelTo(scope, daysAgo(plan.sequencesDays))
  const sequences: [string, { id: number; name: string }][] = []
  for (const [name, sequence] of Object.entries(sequencesWith((of) => templates.get(of)!)))
    sequences.push([name, await createSequence(scope, { allowPrivateWebhooks: false }, sequence)])
  return createDesk({
    scope,
    agenda,
    instance,
    templates,
    sequences: Object.fromEntries(sequences) as Record<SequenceName, { id: number; name: string }>,
  })
}
