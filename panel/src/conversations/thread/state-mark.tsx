import { Check, CheckCheck, CircleAlert, CircleHelp, Clock } from 'lucide-react'
import { useFormat } from '../../parts/format.ts'
import { useWords } from '../../words/words.ts'
import type { Message } from '../talk.ts'

const marks = {
  queued: Clock,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
  failed: CircleAlert,
  unknown: CircleHelp,
}

/** How far a message of ours has come, as WhatsApp shows it. */
export function StateMark({
  message,
}: {
  message: Pick<Message, 'state' | 'direction' | 'read_at' | 'delivered_at'>
}) {
  const { conversations } = useWords()
  const { moment } = useFormat()
  const { state, read_at, delivered_at } = message
  if (state === 'received') return null
  const Mark = marks[state]
  const since = state === 'read' ? read_at : state === 'delivered' ? delivered_at : null
  const label = conversations.states[state]
  return (
    <span className="state-mark" data-state={state} title={since ? `${label} ${moment(since)}` : label}>
      <Mark size={14} role="img" aria-label={label} />
    </span>
  )
}
