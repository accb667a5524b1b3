import { useQuery } from '@tanstack/react-query'
import { look } from '../../api/look.ts'
import { useCan } from '../../api/session.ts'
import { useFormat } from '../../parts/format.ts'
import { useWords } from '../../words/words.ts'
import type { Event } from './timeline.tsx'

type Named = { id: number; name: string }
/** The parts of events' payloads that are told here. */
type Told = {
  lead?: Record<string, unknown>
  merged?: { name: string }
  from?: Named
  to?: Named
  reason?: Named | null
  value?: number
  assigned_to?: number | null
  added?: string[]
  removed?: string[]
  task?: { subject: string }
  message?: { text: string | null }
  sequence?: { name: string }
}

/** What an event says after the name of who did it; nothing for what only machines want to know. */
export function useSentence() {
  const { leads } = useWords()
  const { money } = useFormat()
  const users = useQuery({
    ...look('GET /users', { query: { include_inactive: true } }),
    enabled: useCan('users:read'),
  })
  const changed = useChanged()
  const tell = leads.events
  const nameOf = (id: number) => users.data?.data.find((user) => user.id === id)?.name ?? leads.somebody

  return ({ type, data, previous }: Event): string => {
    const told = data as Told
    const subject = told.task?.subject ?? ''
    const text = told.message?.text ?? ''
    switch (type) {
      case 'lead.created':
        return tell.created
      case 'lead.updated':
        return tell.updated(changed(told.lead ?? {}, previous ?? {}))
      case 'lead.merged':
        return tell.merged(told.merged?.name ?? '')
      case 'lead.assigned':
        return told.assigned_to ? tell.assigned(nameOf(told.assigned_to)) : tell.unassigned
      case 'lead.tagged':
        return [
          told.added?.length ? tell.tagged(told.added.join(', ')) : '',
          told.removed?.length ? tell.untagged(told.removed.join(', ')) : '',
        ]
          .filter(Boolean)
          .join('; ')
      case 'lead.stage_changed':
        return tell.moved(told.from?.name ?? '', told.to?.name ?? '')
      case 'lead.won':
        return tell.won(money(told.value ?? 0))
      case 'lead.lost':
        return told.reason ? tell.lostFor(told.reason.name) : tell.lost
      case 'lead.opted_out':
        return tell.optedOut
      case 'lead.opted_in':
        return tell.optedIn
      case 'task.created':
        return tell.taskCreated(subject)
      case 'task.updated':
        return tell.taskUpdated(subject)
      case 'task.completed':
        return tell.taskCompleted(subject)
      case 'message.received':
        return tell.received(text)
      case 'message.sent':
        return tell.sent(text)
      case 'sequence.started':
        return tell.sequenceStarted(told.sequence?.name ?? '')
      case 'sequence.finished':
        return tell.sequenceFinished(told.sequence?.name ?? '')
      default:
        return ''
    }
  }
}

/** "Valor: R$ 10,00 → R$ 20,00", for each field that has another value now. */
function useChanged() {
  const { leads } = useWords()
  const { money } = useFormat()
  const labels = leads as unknown as Record<string, unknown>
  const shown = (name: string, value: unknown) => {
    if (value === null || value === undefined || value === '') return leads.empty.toLowerCase()
    return name === 'value' ? money(Number(value)) : String(value)
  }
  return (now: Record<string, unknown>, before: Record<string, unknown>) =>
    Object.entries(before)
      .map(([name, was]) => {
        if (name === 'custom_fields') return leads.moreFields
        if (name === 'status')
          return `${leads.status}: ${leads.isStatus[now.status as keyof typeof leads.isStatus] ?? ''}`
        const label = typeof labels[name] === 'string' ? (labels[name] as string) : ''
        return label && (typeof was !== 'object' || was === null)
          ? `${label}: ${shown(name, was)} → ${shown(name, now[name])}`
          : label
      })
      .filter(Boolean)
      .join(' · ')
}
