import type { App } from '../harness.ts'
import type { Meta } from './meta-simulator.ts'
import { metaNumberOf } from './numbers.ts'
import { until } from './until.ts'

/** An account with a number at Meta, and customers who have written to it, so that their window is open. */
export async function newShop(app: App, meta: Meta) {
  const account = await app.newAccount()
  const instance = await metaNumberOf(account.scope)
  let next = 0
  const rows = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
    (await app.database.pool.query(`-- test\n${text}`, values)).rows
  /** A lead with a phone, to whom nobody has spoken yet. */
  async function newLead(body: object = {}) {
    const phone = `+55119${String(81110000 + next++)}`
    const { lead } = (await account.post('/leads', { name: 'Ana', phone, ...body })).body
    return lead as { id: number; phone: string }
  }
  return {
    ...account,
    instance,
    rows,
    newLead,
    /** The same, who has just written. */
    async newCustomer(body: object = {}) {
      const lead = await newLead(body)
      meta.receive(lead.phone.slice(1), { type: 'text', text: { body: 'Oi' } })
      await until('the customer was heard', async () => {
        const heard = await rows(
          'select 1 from conversations where lead_id = $1 and window_until is not null',
          [lead.id],
        )
        return heard.length > 0
      })
      return lead
    },
    send: (leadId: number, body: object, headers?: Record<string, string>) =>
      account.post(`/leads/${leadId}/send-whatsapp`, body, headers),
    async messagesOf(leadId: number) {
      const found = await rows<{
        id: number
        state: string
        text: string
        failure: { reason: string } | null
      }>(
        `select m.* from messages m join conversations c on c.account_id = m.account_id and c.id = m.conversation_id
         where c.lead_id = $1 and m.direction = 'out' order by m.id`,
        [leadId],
      )
      return found
    },
    async eventsOf(leadId: number) {
      const told = await rows<{ type: string; data: { message: { state: string; direction: string } } }>(
        `select type, data from events where lead_id = $1 and type like 'message.%' order by id`,
        [leadId],
      )
      return told
        .filter(({ data }) => data.message.direction === 'out')
        .map(({ type, data }) => `${type} ${data.message.state}`)
    },
  }
}
export type Shop = Awaited<ReturnType<typeof newShop>>
