import type { Account } from '#accounts/accounts.ts'
import { usersById } from '#accounts/users/users.ts'
import { changeTags } from '#leads/actions.ts'
import type { Lead } from '#leads/schema.ts'
import { moveLead } from '#leads/stages/moves.ts'
import { dayIn } from '#platform/calendar.ts'
import { Refused } from '#platform/errors.ts'
import { inTransaction, type Scope } from '#platform/scope.ts'
import type { SequenceRow } from '#sequences/queries.ts'
import { named, told } from '#sequences/runs/rows.ts'
import type { Step, Variables } from '#sequences/schema.ts'
import type { StepReason } from '#sequences/states.ts'
import { type RunRow, sequenceCalls } from '#sequences/tables.ts'
import { filledIn, type Known } from '#sequences/variables.ts'
import { createTask } from '#tasks/actions.ts'
import type { queueMessage } from '#whatsapp/outbox/queue.ts'
import type { Draft } from '#whatsapp/outbox/rules.ts'

/** Hands a message over to be sent, in this transaction; under the same `once` it is the same message. */
export type Send = typeof queueMessage
type Sent = Awaited<ReturnType<Send>>

export type Doing = {
  run: RunRow
  sequence: SequenceRow
  step: Step
  /** Held until the transaction ends. */
  lead: Lead
  account: Account
  now: Date
  send: Send
}
/** What came of a step; `ends` when the run is not to go on. */
export type Result = {
  outcome: 'sent' | 'done' | 'skipped' | 'waiting'
  reason?: StepReason
  detail?: Record<string, unknown>
  messageId?: number
  ends?: 'opted_out'
}

/** Does the step, whole or not at all. What the rules of leads, tasks and messages refuse is left out, and says why. */
export async function doStep(scope: Scope, doing: Doing): Promise<Result> {
  try {
    return await inTransaction(scope, (within) => effects[doing.step.type](within, doing))
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return skippedBy(error)
  }
}

const effects: Record<Step['type'], (scope: Scope, doing: Doing) => Promise<Result>> = {
  async message(scope, doing) {
    const { step } = doing
    const known = await knownOf(scope, doing)
    const text = filledIn(step.text!, known).trim()
    if (text === '') return { outcome: 'skipped', reason: 'empty_text' }
    const sent = await order(scope, doing, { text })
    if (!isWindowClosed(sent)) return resultOf(sent)
    if (step.when_window_closed === 'wait') return { outcome: 'waiting', reason: 'window_closed' }
    if (step.when_window_closed !== 'template') return resultOf(sent)
    const fallback = await order(scope, doing, templateOf(step.fallback!, known))
    return { ...resultOf(fallback), detail: { instead_of: 'message', because: 'window_closed' } }
  },
  async template(scope, doing) {
    const { template_id, variables } = doing.step
    const content = templateOf({ template_id: template_id!, variables }, await knownOf(scope, doing))
    return resultOf(await order(scope, doing, content))
  },
  async add_tag(scope, { lead, step }) {
    await changeTags(scope, lead.id, { add: [step.tag!] })
    return { outcome: 'done' }
  },
  async remove_tag(scope, { lead, step }) {
    await changeTags(scope, lead.id, { remove: [step.tag!] })
    return { outcome: 'done' }
  },
  async move_stage(scope, { lead, step }) {
    await moveLead(scope, lead.id, { stage_id: step.stage_id! })
    return { outcome: 'done' }
  },
  async create_task(scope, doing) {
    const { lead, account, now } = doing
    const { subject, description, due_in_days = 0, assigned_to, ...task } = doing.step.task!
    const known = await knownOf(scope, doing)
    const id = await createTask(scope, {
      ...task,
      subject: [...filledIn(subject, known)].slice(0, 255).join('') || subject,
      description: description === undefined ? null : filledIn(description, known),
      due_date: dayIn(account.time_zone, now, due_in_days),
      lead_id: lead.id,
      assigned_to: assigned_to ?? lead.assigned_to,
    })
    return { outcome: 'done', detail: { task_id: id } }
  },
  async webhook(scope, { run, sequence, step, lead, now }) {
    const body = JSON.stringify({
      id: onceOf(run, step),
      event: 'sequence.webhook',
      occurred_at: now.toISOString(),
      account_id: scope.accountId,
      data: { sequence: named(sequence), run: told(run), step_id: step.id, lead },
    })
    const call = { run_id: run.id, step_id: step.id, url: step.url!, body, due_at: now }
    await scope.db.insert(sequenceCalls).values({ ...call, account_id: scope.accountId })
    return { outcome: 'waiting', reason: 'calling' }
  },
  wait_reply: async () => ({ outcome: 'waiting', reason: 'reply' }),
}

/** The message's own name: a step that is done again after a crash means the same message. */
export const onceOf = (run: { id: number }, step: { id: string }) => `sequence run ${run.id} ${step.id}`

const order = (scope: Scope, { run, sequence, step, lead, send }: Doing, content: Draft) =>
  send(scope, {
    leadId: lead.id,
    instanceId: sequence.instance_id,
    content,
    once: onceOf(run, step),
    hours: sequence.sending_hours,
  })

const isWindowClosed = (sent: Sent) => 'refused' in sent && sent.refused.skip_reason === 'window_closed'

/** A number that is away may come back; what is wrong with the lead or the template will not mend itself. */
function resultOf(sent: Sent): Result {
  if ('message' in sent) return { outcome: 'sent', messageId: sent.message.id }
  const { skip_reason: reason } = sent.refused
  if (reason === 'no_instance' || reason === 'instance_disconnected') return { outcome: 'waiting', reason }
  return { outcome: 'skipped', reason, ...(reason === 'opted_out' ? { ends: 'opted_out' } : {}) }
}

function templateOf(
  { template_id, variables = [] }: { template_id: number; variables?: Variables },
  known: Known,
): Draft {
  const filled = Array.isArray(variables)
    ? variables.map((text) => filledIn(text, known))
    : Object.fromEntries(Object.entries(variables).map(([name, text]) => [name, filledIn(text, known)]))
  return { templateId: template_id, variables: filled }
}

async function knownOf(scope: Scope, { lead, account }: Doing): Promise<Known> {
  const [owner] = lead.assigned_to ? await usersById(scope, [lead.assigned_to]) : []
  return { lead, owner: owner?.name ?? null, locale: account.locale }
}

function skippedBy({ refusal }: Refused): Result {
  if (refusal.kind === 'invalid')
    return { outcome: 'skipped', reason: 'invalid', detail: { errors: refusal.errors } }
  if (refusal.kind === 'not-found') return { outcome: 'skipped', reason: 'not_found' }
  if (refusal.kind !== 'rule') return { outcome: 'skipped', reason: 'refused' }
  const reason = refusal.extra.blocked ? 'blocked' : 'refused'
  return { outcome: 'skipped', reason, detail: { message: refusal.message, ...refusal.extra } }
}
