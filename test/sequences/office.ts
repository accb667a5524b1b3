import assert from 'node:assert/strict'
import { sql } from 'drizzle-orm'
import { record } from '#events/record.ts'
import type { Lead } from '#leads/schema.ts'
import { inTransaction } from '#platform/scope.ts'
import { pauseSequence, resumeSequence } from '#sequences/actions.ts'
import type { Send } from '#sequences/engine/effects.ts'
import { beginAndEnd, takeSteps } from '#sequences/engine/engine.ts'
import { startRun } from '#sequences/runs/actions.ts'
import type { NewSequence, RunWithSteps } from '#sequences/schema.ts'
import { queueMessage } from '#whatsapp/outbox/queue.ts'
import type { App } from '../harness.ts'

const fail = (error: unknown) => {
  throw error
}

export type Kind = 'waha' | 'cloud_api'

/** An account with a number and a clock that the test turns; its engine looks whenever the clock moves. */
export async function openOffice(
  app: App,
  { provider = 'waha', from = '2026-03-02T12:00:00Z' }: { provider?: Kind; from?: string } = {},
) {
  const acme = await app.newAccount()
  const { db } = app.database
  const instanceId = await addNumber(provider)
  let now = new Date(from)
  let customers = 0

  async function addNumber(kind: Kind, isPrimary = true): Promise<number> {
    const { rows } = await db.execute<{ id: number }>(sql`
      insert into instances (account_id, provider, display_name, phone_number, is_primary, status, number_key)
      values (${acme.account.id}, ${kind}, 'Loja', '+551140000000', ${isPrimary}, 'connected', ${`n${Math.random()}`})
      returning id`)
    return rows[0]!.id
  }

  async function settle(send: Send = queueMessage, onTrouble: (error: unknown) => void = fail) {
    for (let looks = 0; looks < 10_000; looks++) {
      const clock = () => now
      const hasBegun = await beginAndEnd({ db, clock })
      const hasMoved = await takeSteps({ db, clock, send, onTrouble })
      if (!hasBegun && !hasMoved) return
    }
    throw new Error('It never came to rest.')
  }

  return {
    ...acme,
    instanceId,
    addNumber,
    settle,
    now: () => now,
    /** It is later, and nobody has looked yet. */
    turn(time: string) {
      now = new Date(time)
    },
    async at(time: string) {
      now = new Date(time)
      await settle()
    },
    async newLead(fields: object = {}): Promise<Lead> {
      const phone = `+55119${String(80_000_000 + ++customers)}`
      return (await acme.post('/leads', { name: 'Ana Souza', phone, ...fields })).body.lead
    },
    async newSequence(steps: object[], settings: Partial<NewSequence> = {}) {
      const { status, body } = await acme.post('/sequences', { name: 'Boas-vindas', steps, ...settings })
      assert.equal(status, 201, JSON.stringify(body))
      return body.sequence.id as number
    },
    // By the test's clock: the API's own would say what time it is outside.
    async start(sequenceId: number, leadId: number): Promise<number> {
      const { id } = await inTransaction(acme.scope, (scope) => startRun(scope, { sequenceId, leadId, now }))
      await settle()
      return id
    },
    async pause(id: number) {
      await inTransaction(acme.scope, (scope) => pauseSequence(scope, id, now))
      await settle()
    },
    async resume(id: number) {
      await inTransaction(acme.scope, (scope) => resumeSequence(scope, id, now))
      await settle()
    },
    async replies(leadId: number) {
      await record(acme.scope, { type: 'message.received', leadId, data: { message: { lead_id: leadId } } })
      await settle()
    },
    async runOf(leadId: number): Promise<RunWithSteps> {
      const { data } = (await acme.get(`/leads/${leadId}/sequences`)).body
      return (await acme.get(`/sequences/${data[0].sequence_id}/runs/${data[0].id}`)).body.run
    },
    async story(leadId: number): Promise<string[]> {
      const { steps } = await this.runOf(leadId)
      return steps.map(({ step_id, outcome, reason }) => [step_id, outcome, reason].filter(Boolean).join(' '))
    },
    async sentTo(leadId: number): Promise<string[]> {
      const { rows } = await db.execute<{ text: string }>(sql`
        select m.text from messages m join conversations c on c.account_id = m.account_id and c.id = m.conversation_id
        where m.account_id = ${acme.account.id} and c.lead_id = ${leadId} and m.direction = 'out' order by m.id`)
      return rows.map(({ text }) => text)
    },
    async tagsOf(leadId: number): Promise<string[]> {
      return (await acme.get(`/leads/${leadId}`)).body.lead.tags
    },
    async newTemplate(): Promise<number> {
      const { rows } = await db.execute<{ id: number }>(sql`
        insert into whatsapp_templates (account_id, instance_id, external_id, name, language, category, status,
          parameter_format, components, variables, variables_count)
        values (${acme.account.id}, ${instanceId}, 'ola', 'ola', 'pt_BR', 'UTILITY', 'APPROVED', 'POSITIONAL',
          '[{"type": "BODY", "text": "Olá {{1}}"}]',
          '[{"name": "1", "place": "body", "kind": "text", "key": "1", "button": null}]', 1) returning id`)
      return rows[0]!.id
    },
    async connect(status: 'connected' | 'disconnected') {
      await db.execute(sql`update instances set status = ${status} where account_id = ${acme.account.id}`)
    },
    /** As the customer would, by writing. */
    async openWindow(leadId: number, until: string | null) {
      await db.execute(sql`
        insert into conversations (account_id, instance_id, lead_id, address, contact_phone)
        select account_id, ${instanceId}::bigint, id, phone, phone from leads
        where account_id = ${acme.account.id} and id = ${leadId} and not exists (
          select 1 from conversations where account_id = ${acme.account.id} and lead_id = ${leadId})`)
      await db.execute(sql`
        update conversations set window_until = ${until}
        where account_id = ${acme.account.id} and lead_id = ${leadId}`)
    },
  }
}
export type Office = Awaited<ReturnType<typeof openOffice>>
