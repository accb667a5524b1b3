import { useEffect } from 'react'
import { client, type Noun } from './look.ts'

/** What is no longer as it is shown once something has happened: by the event's type, or else its first word. */
const touched: Record<string, Noun[]> = {
  lead: ['leads', 'pipelines', 'conversations', 'reports', 'events'],
  task: ['tasks', 'leads', 'reports', 'events'],
  webhook: ['webhooks', 'events'],
  message: ['conversations', 'leads', 'events'],
  'message.status': ['conversations', 'sequences', 'events'],
  conversation: ['conversations', 'leads', 'events'],
  instance: ['whatsapp', 'conversations', 'leads', 'events'],
  template: ['whatsapp', 'events'],
  sequence: ['sequences', 'leads', 'events'],
}
const quietMs = 150
const reopenMs = 5_000

/** What colleagues and customers do appears by itself. The only place that knows of the stream. */
export function useLive() {
  useEffect(listen, [])
}

function listen() {
  const waiting = new Set<Noun>()
  const talks = new Set<number>()
  let refreshing: ReturnType<typeof setTimeout> | undefined
  let reopening: ReturnType<typeof setTimeout> | undefined
  let stream = open()

  function open() {
    const opened = new EventSource('/api/v1/stream')
    opened.onmessage = ({ data }) => hear(JSON.parse(data))
    // A browser comes back by itself after a lost line, but not after a refusal.
    opened.onerror = () => {
      if (opened.readyState === EventSource.CLOSED) reopening = setTimeout(again, reopenMs)
    }
    return opened
  }
  function again() {
    stream = open()
    client.invalidateQueries()
  }
  function hear({ type, conversation_id }: { type: string; conversation_id?: number }) {
    if (type === 'everything') return client.invalidateQueries()
    for (const noun of touched[type] ?? touched[type.split('.')[0]!] ?? []) waiting.add(noun)
    if (conversation_id) talks.add(conversation_id)
    // A batch of a hundred is one refetch.
    refreshing ??= setTimeout(() => {
      refreshing = undefined
      refreshTold(waiting, talks)
      waiting.clear()
      talks.clear()
    }, quietMs)
  }
  return () => {
    stream.close()
    clearTimeout(refreshing)
    clearTimeout(reopening)
  }
}

/** Of messages, which may be many, only those of conversations in which something happened. */
const refreshTold = (nouns: Set<Noun>, talks: Set<number>) =>
  client.invalidateQueries({
    predicate: ({ queryKey: [noun, route, input] }) =>
      nouns.has(noun as Noun) &&
      (route !== 'GET /conversations/{id}/messages' ||
        talks.has((input as { params: { id: number } }).params.id)),
  })
