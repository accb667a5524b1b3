import { sql } from 'drizzle-orm'
import { conversationsOfLead } from '#conversations/belongings.ts'
import { record } from '#events/record.ts'
import { createLead, deleteLead } from '#leads/actions.ts'
import { archiveLead } from '#leads/archive.ts'
import { mergeLeads } from '#leads/identity/merge.ts'
import { loseLead, moveLead, winLead } from '#leads/stages/moves.ts'
import { inTransaction, type Scope } from '#platform/scope.ts'
import { changeSequence, createSequence, pauseSequence, resumeSequence } from '#sequences/actions.ts'
import { enroll } from '#sequences/enrollments/actions.ts'
import { startRun, stopRun } from '#sequences/runs/actions.ts'
import { runsOfLead } from '#sequences/runs/merging.ts'
import type { NewSequence, SequenceChanges } from '#sequences/schema.ts'
import { optOut } from '#whatsapp/inbox/opt-outs.ts'
import type { App } from '../harness.ts'

const operator = { allowPrivateWebhooks: true } as never

/** An account with a number, stages of which one holds its leads back, and the product's own actions. */
export async function openBranch(
  app: App,
  { zone, provider }: { zone: string; provider: 'waha' | 'cloud_api' },
) {
  const acme = await app.newAccount()
  const { db } = app.database
  const accountId = acme.account.id
  await db.execute(sql`update accounts set time_zone = ${zone} where id = ${accountId}`)
  const instanceId = await idOf(sql`
    insert into instances (account_id, provider, display_name, is_primary, status, number_key)
    values (${accountId}, ${provider}, 'Loja', true, 'connected', ${`loja ${accountId}`}) returning id`)
  const templateId = provider === 'waha' ? null : await idOf(template())
  const { stages } = (await acme.get('/pipelines')).body.pipelines[0]
  const [won, lost] = ['is_won', 'is_lost'].map((is) => stages.find((each: never) => each[is]).id as number)
  const open: number[] = stages.flatMap((each: { id: number; is_won: boolean; is_lost: boolean }) =>
    each.is_won || each.is_lost ? [] : each.id,
  )
  const guarded = open.at(-1)!
  await acme.post(`/stages/${guarded}/required-tasks`, {
    subject: 'Ligar',
    type: 'call',
    priority: 'low',
    due_in_days: 1,
  })
  const act = <T>(work: (scope: Scope) => Promise<T>) => inTransaction(acme.scope, work)

  async function idOf(statement: ReturnType<typeof sql>) {
    return (await db.execute<{ id: number }>(statement)).rows[0]!.id
  }

  function template() {
    const components = JSON.stringify([{ type: 'BODY', text: 'Olá {{1}}' }])
    const variables = JSON.stringify([{ name: '1', place: 'body', kind: 'text', key: '1', button: null }])
    return sql`
      insert into whatsapp_templates (account_id, instance_id, external_id, name, language, category, status,
        parameter_format, components, variables, variables_count)
      values (${accountId}, ${instanceId}, 'ola', 'ola', 'pt_BR', 'UTILITY', 'APPROVED', 'POSITIONAL',
        ${components}::jsonb, ${variables}::jsonb, 1) returning id`
  }

  return {
    accountId,
    templateId,
    stages: { won: won!, lost: lost!, guarded },
    places: open,
    newLead: (name: string, phone: string) => act((scope) => createLead(scope, { name, phone })),
    newSequence: (sequence: NewSequence) => act((scope) => createSequence(scope, operator, sequence)),
    edit: (id: number, changes: SequenceChanges) =>
      act((scope) => changeSequence(scope, operator, id, changes)),
    start: (sequenceId: number, leadId: number, now: Date) =>
      act((scope) => startRun(scope, { sequenceId, leadId, now })),
    stop: (sequenceId: number, leadId: number, now: Date) =>
      act((scope) => stopRun(scope, { sequenceId, leadId, now })),
    enroll: (sequenceId: number, tag: string, now: Date) =>
      act((scope) => enroll(scope, { sequenceId, filters: { tags: [tag] }, now })),
    pause: (id: number, now: Date) => act((scope) => pauseSequence(scope, id, now)),
    resume: (id: number, now: Date) => act((scope) => resumeSequence(scope, id, now)),
    move: (id: number, stage_id: number) => act((scope) => moveLead(scope, id, { stage_id })),
    win: (id: number) => act((scope) => winLead(scope, id, {})),
    lose: (id: number) => act((scope) => loseLead(scope, id, {})),
    archive: (id: number) => act((scope) => archiveLead(scope, id)),
    remove: (id: number) => act((scope) => deleteLead(scope, id)),
    merge: (survivor: number, duplicate: number) =>
      act((scope) => mergeLeads(scope, survivor, duplicate, [conversationsOfLead, runsOfLead])),
    optOut: (leadId: number) =>
      act((scope) => optOut(scope, { leadId, identities: [] }, { reach: 'all', source: 'word' })),
    async reply(leadId: number) {
      await act(async (scope) => {
        await openWindow(scope, leadId)
        await record(scope, { type: 'message.received', leadId, data: { message: { lead_id: leadId } } })
      })
    },
    closeWindow: (leadId: number) =>
      db.execute(sql`
        update conversations set window_until = null where account_id = ${accountId} and lead_id = ${leadId}`),
    connect: (is: boolean) =>
      db.execute(sql`
        update instances set status = ${is ? 'connected' : 'disconnected'} where account_id = ${accountId}`),
  }

  /** The window is a stranger's: it opens and closes when the test says so. */
  async function openWindow(scope: Scope, leadId: number) {
    await scope.db.execute(sql`
      insert into conversations (account_id, instance_id, lead_id, address, contact_phone)
      select account_id, ${instanceId}::bigint, id, phone, phone from leads l
      where account_id = ${accountId} and id = ${leadId} and not exists (
        select 1 from conversations c where c.account_id = ${accountId} and c.lead_id = l.id)`)
    await scope.db.execute(sql`
      update conversations set window_until = '2100-01-01'
      where account_id = ${accountId} and lead_id = ${leadId}`)
  }
}
export type Branch = Awaited<ReturnType<typeof openBranch>>
