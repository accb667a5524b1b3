import assert from 'node:assert/strict'
import { makeCompany } from '#demo/make.ts'
import { type App, clientOf } from './harness.ts'

/** A company of the demo's, with a client that no rate stops. */
export async function newCompany(app: App, wanted: { seed?: number; leads: number; now?: Date }) {
  const made = await makeCompany(app.database.db, wanted)
  // The key's own rate is for people; this reads everything at once.
  await app.database.pool.query('update api_keys set rate_limit = 100000 where account_id = $1', [
    made.account.id,
  ])
  return { ...made, ...clientOf(app.url, made.key) }
}
export type Company = Awaited<ReturnType<typeof newCompany>>

/** Every page of a list. */
export async function allOf<Row>(company: Company, path: string): Promise<Row[]> {
  const rows: Row[] = []
  for (let page = 1, last = 1; page <= last; page++) {
    const paged = `${path}${path.includes('?') ? '&' : '?'}per_page=200&page=${page}`
    const { status, body } = await company.get(paged)
    assert.equal(status, 200)
    rows.push(...body.data)
    last = body.meta?.last_page ?? 1
  }
  return rows
}

export type Said = Record<'direction' | 'state' | 'kind' | 'happened_at', string> &
  Record<'text' | 'sent_at' | 'delivered_at' | 'read_at' | 'failed_at', string | null> & {
    id: number
    author: { type: string; id: number | null; name: string } | null
    failure: { reason: string } | null
  }
export type Talk = {
  id: number
  lead: { id: number; assigned_to: number }
  contact: { name: string; phone: string }
  unread_count: number
  window: { open_until: string | null }
  last_message: Said
  messages: Said[]
}

/** All conversations with what was said, oldest first. */
export async function talksOf(company: Company): Promise<Talk[]> {
  const talks = await allOf<Omit<Talk, 'messages'>>(company, '/conversations')
  return Promise.all(
    talks.map(async (talk) => {
      const messages = await allOf<Said>(company, `/conversations/${talk.id}/messages`)
      return { ...talk, messages: messages.toReversed() }
    }),
  )
}

export type Run = {
  lead_id: number
  status: string
  next_at: string | null
  steps: { type: string; outcome: string; message_id: number | null; at: string }[]
}

/** All sequences with whoever was in them. */
export async function sequencesOf(company: Company) {
  const sequences = await allOf<{ id: number; name: string; status: string }>(company, '/sequences')
  return Promise.all(
    sequences.map(async (sequence) => {
      const runs = await allOf<{ id: number }>(company, `/sequences/${sequence.id}/runs`)
      const shown = runs.map(async ({ id }) => {
        return (await company.get(`/sequences/${sequence.id}/runs/${id}`)).body.run as Run
      })
      return { ...sequence, runs: await Promise.all(shown) }
    }),
  )
}
