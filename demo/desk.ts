import { markRead } from '#conversations/actions.ts'
import { conversationWith } from '#conversations/opening.ts'
import type { Message } from '#conversations/schema.ts'
import type { Scope } from '#platform/scope.ts'
import { advance } from '#sequences/engine/advance.ts'
import type { Send } from '#sequences/engine/effects.ts'
import { startRun, stopRun } from '#sequences/runs/actions.ts'
import { findRunRow } from '#sequences/runs/queries.ts'
import { findRun } from '#sequences/runs/story.ts'
import type { Instance } from '#whatsapp/channels.ts'
import { inboxActor } from '#whatsapp/inbox/endpoints.ts'
import { receive } from '#whatsapp/inbox/incoming.ts'
import { change } from '#whatsapp/instances/actions.ts'
import { settle } from '#whatsapp/outbox/course.ts'
import { failureShown } from '#whatsapp/outbox/failures.ts'
import { queueMessage } from '#whatsapp/outbox/queue.ts'
import { failed, type Reason } from '#whatsapp/reasons.ts'
import { newSandboxId, writtenAs } from '#whatsapp/sandbox/customer.ts'
import type { Agenda } from './agenda.ts'
import { atWork, daysAfter, minutesAfter } from './clock.ts'
import type { Moment, Talking } from './life.ts'
import type { Random } from './random.ts'
import type { SequenceName } from './sequences.ts'

/** Somebody with a phone; a lead from when they are known here. */
export type Customer = {
  id: number | null
  name: string
  phone: string
  /** Does their phone tell that they have read something? */
  reads: boolean
  /** Why nothing reaches them. */
  fails: Reason | null
  random: Random
  conversationId: number | null
  /** Have they written since somebody looked? */
  isUnseen: boolean
  /** Of ours, what they have yet to read. */
  unread: Set<number>
  runs: Run[]
}
type Run = { id: number; name: string }
type Step<Do> = Extract<Talking, { do: Do }>
type Place = {
  scope: Scope
  agenda: Agenda
  instance: Instance
  templates: Map<string, number>
  sequences: Record<SequenceName, Run>
}

/** Where customers are answered: by the product's own actions, with nothing between the two phones. */
export function createDesk({ scope, agenda, instance, templates, sequences }: Place) {
  const inbox: Scope = { ...scope, actor: inboxActor }
  let heardAt: Date | null = null
  const later = (moment: Moment, at: Date, step: Talking) => agenda.add({ ...moment, at, step })

  async function hear(moment: Moment, customer: Customer, text: string) {
    const { phone, name } = customer
    await read(moment, customer)
    await receive(
      { scope: inbox, instance, at: moment.at, isLastLook: true },
      writtenAs({ phone, name, text }),
    )
    heardAt = moment.at
    customer.isUnseen = true
    if (customer.conversationId !== null) return
    const contact = { name, phone, username: null, identities: [] }
    const party = { instanceId: instance.id, leadId: customer.id, address: phone, contact }
    const { id, lead_id } = await conversationWith(inbox, party)
    customer.conversationId = id
    customer.id ??= lead_id
  }

  async function write(
    by: Scope,
    moment: Moment,
    customer: Customer,
    said: Step<'write' | 'write template'>,
  ) {
    const content =
      said.do === 'write'
        ? { text: said.text }
        : { templateId: templates.get(said.name)!, variables: said.variables }
    const written = await queueMessage(by, { leadId: customer.id!, content, now: moment.at })
    if ('refused' in written) throw new Error(`The demo may not write this: ${written.refused.message}`)
    await leave(by, moment, customer, written.message, said.do === 'write' ? null : said.fails)
  }

  async function see(by: Scope, customer: Customer) {
    if (customer.isUnseen) await markRead(by, customer.conversationId!, null)
    customer.isUnseen = false
  }

  /** A message waits for nobody here: it has arrived at once, or is refused. */
  async function leave(
    by: Scope,
    moment: Moment,
    customer: Customer,
    message: Message,
    reason: Reason | null,
  ) {
    const { at } = moment
    const fails = reason ?? customer.fails
    customer.conversationId = message.conversation_id
    if (fails) {
      const failure = failureShown(failed(fails))
      return settle(by, message.id, { state: 'failed', at, providerId: null, failure })
    }
    await settle(by, message.id, { state: 'delivered', at, providerId: newSandboxId() })
    if (!customer.reads) return
    customer.unread.add(message.id)
    later(moment, minutesAfter(at, 0.2 + customer.random.wait(40)), { do: 'read', message: message.id })
  }

  /** Whoever looks reads all of it. */
  async function read({ at }: Moment, { unread }: Customer) {
    for (const id of unread) await settle(inbox, id, { state: 'read', at, providerId: null })
    unread.clear()
  }

  async function enroll(by: Scope, moment: Moment, customer: Customer, name: SequenceName) {
    const sequence = sequences[name]
    const { id } = await startRun(by, { sequenceId: sequence.id, leadId: customer.id!, now: moment.at })
    const run = { id, name: sequence.name }
    customer.runs.push(run)
    await look(moment, run)
  }

  async function withdraw(by: Scope, { at }: Moment, customer: Customer, name: SequenceName) {
    const sequence = sequences[name]
    await stopRun(by, { sequenceId: sequence.id, leadId: customer.id!, now: at })
    customer.runs = customer.runs.filter((run) => run.name !== sequence.name)
  }

  /** Lets this customer's runs hear what happened, and do what is due. */
  async function goOn(moment: Moment, customer: Customer) {
    const active: Run[] = []
    for (const run of customer.runs) if (await advanceRun(moment, customer, run)) active.push(run)
    customer.runs = active
  }

  async function advanceRun(moment: Moment, customer: Customer, run: Run): Promise<boolean> {
    const { accountId, db } = scope
    const taken = { accountId, id: run.id, sequence: run.name }
    const messages: Message[] = []
    const send: Send = async (within, order) => {
      const written = await queueMessage(within, { ...order, now: moment.at })
      if ('message' in written) messages.push(written.message)
      return written
    }
    let standing: Standing = 'due'
    while (standing === 'due' && (await advance(db, taken, { now: moment.at, send })))
      standing = await look(moment, run)
    const by: Scope = { ...scope, actor: { type: 'system', id: null, name: run.name } }
    for (const message of messages) await leave(by, moment, customer, message, null)
    if (standing === 'over') await planTasks(moment, customer, run)
    return standing !== 'over'
  }

  /** What the run left to be done is mostly done in the next days. */
  async function planTasks(moment: Moment, { random }: Customer, { id }: Run) {
    const { steps } = await findRun(scope, { id, mayReadMessages: false })
    for (const { detail } of steps) {
      if (typeof detail?.task_id !== 'number' || random.chance(0.2)) continue
      const at = atWork(daysAfter(moment.at, random.wait(1) + 0.1), random.whole(5, 90))
      later(moment, at, { do: 'finish', task: detail.task_id })
    }
  }

  /** How the run stands; when its next step is due, it goes on. */
  async function look(moment: Moment, { id }: Run): Promise<Standing> {
    const { status, due_at } = await findRunRow(scope, id)
    if (status !== 'active') return 'over'
    if (due_at! <= moment.at) return 'due'
    later(moment, due_at!, { do: 'go on' })
    return 'waits'
  }

  const close = () => change(scope, instance.id, { last_heard_at: heardAt })

  /** A message was read when they answered, and a run may have ended: then there is nothing to do. */
  const isOver = ({ step }: Moment, { unread, runs }: Customer) =>
    (step.do === 'read' && !unread.has(step.message)) || (step.do === 'go on' && runs.length === 0)

  return { hear, write, see, read, enroll, withdraw, goOn, isOver, close }
}
export type Desk = ReturnType<typeof createDesk>
type Standing = 'due' | 'waits' | 'over'
