import { useEffect } from 'react'
import { client, type Noun, refresh } from './look.ts'

/** What is no longer as it is shown once something has happened: by the event's type, or else its first word. */
const touched: Record<string, Noun[]> = {
  lead: ['leads', 'pipelines', 'conversations', 'reports', 'events'],
  task: ['tasks', 'leads', 'reports', 'events'],
  webhook: ['webhooks', 'events'],
  message: ['conversations', 'leads', 'events'],
  'message.status': ['conversations', 'events'],
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
  let refreshing: ReturnType<typeof setTimeout> | undefined
  let reopening: ReturnType<typeof setTimeout> | undefined
  let stream = open()

  function open() {
    const opened = new EventSource('/api/v1/stream')
    opened.onmessage = ({ data }) => hear(JSON.parse(data).type)
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
  function hear(type: string) {
    if (type === 'everything') return client.invalidateQueries()
    for (const noun of touched[type] ?? touched[type.split('.')[0]!] ?? []) waiting.add(noun)
    // A batch of a hundred is one refetch.
    refreshing ??= setTimeout(() => {
      refreshing = undefined
      refresh(...waiting)
      waiting.clear()
    }, quietMs)
  }
  return () => {
    stream.close()
    clearTimeout(refreshing)
    clearTimeout(reopening)
  }
}
