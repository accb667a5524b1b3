import { encodeCursor } from '#platform/pages.ts'

const mostBytes = 20_000

export type EventRow = {
  id: number
  type: string
  occurred_at: Date
  account_id: number
  data: Record<string, unknown>
  previous: Record<string, unknown> | null
  request_id: string | null
}

/** What is sent: the same bytes at every attempt. What is too big says where the whole of it is. */
export function payloadOf(event: EventRow, publicUrl: string): string {
  const { id, type, occurred_at, account_id, data, previous, request_id } = event
  const head = { id, event: type, occurred_at: occurred_at.toISOString(), account_id }
  const body = JSON.stringify({ ...head, data, ...(previous ? { previous } : {}), request_id })
  if (Buffer.byteLength(body) < mostBytes) return body
  return JSON.stringify({
    ...head,
    data: idsOf(data),
    truncated: true,
    url: addressOf(event, publicUrl),
    request_id,
  })
}

/** The log, from just before this event: it is the first that comes. */
const addressOf = ({ id, occurred_at }: EventRow, publicUrl: string) =>
  `${publicUrl}/api/v1/events?per_page=1&after=${encodeCursor({ at: occurred_at.toISOString(), id: id - 1 })}`

const idsOf = (data: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(data).flatMap(([name, value]) => {
      const id = typeof value === 'object' && value !== null && (value as { id?: unknown }).id
      return typeof id === 'number' ? [[name, { id }]] : []
    }),
  )
