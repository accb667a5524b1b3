import { useEffect } from 'react'
import { client, type Noun, refresh } from './look.ts'

/** What is no longer as it is shown once something has happened: the first word of an event's type says to whom. */
const touched: Record<string, Noun[]> = {
  lead: ['leads', 'pipelines', 'reports', 'events'],
  task: ['tasks', 'leads', 'reports', 'events'],
  webhook: ['webhooks', 'events'],
}
const quietMs = 150

/** What colleagues and customers do appears by itself. The only place that knows of the stream. */
export function useLive() {
  useEffect(() => {
    const stream = new EventSource('/api/v1/stream')
    const waiting = new Set<Noun>()
    let timer: ReturnType<typeof setTimeout> | undefined
    let wasLost = false

    stream.onmessage = ({ data }) => {
      const { type } = JSON.parse(data) as { type: string }
      for (const noun of touched[type.split('.')[0]!] ?? []) waiting.add(noun)
      // A batch of a hundred is one refetch.
      timer ??= setTimeout(() => {
        timer = undefined
        refresh(...waiting)
        waiting.clear()
      }, quietMs)
    }
    stream.onerror = () => {
      wasLost = true
    }
    stream.onopen = () => {
      if (wasLost) client.invalidateQueries()
      wasLost = false
    }
    return () => {
      stream.close()
      clearTimeout(timer)
    }
  }, [])
}
