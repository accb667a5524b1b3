import { Badge } from '@mantine/core'
import type { WhatsAppInstance } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'

const colors = {
  connected: 'teal',
  connecting: 'blue',
  waiting_scan: 'yellow',
  disconnected: 'gray',
  failed: 'red',
} as const

/** Its state as one word. */
export function StatusBadge({ number }: { number: Pick<WhatsAppInstance, 'status'> }) {
  const { settings } = useWords()
  return (
    <Badge variant="dot" color={colors[number.status]} tt="none" fw={500} size="md">
      {settings.whatsapp.statuses[number.status]}
    </Badge>
  )
}

/** What is wrong with it, and what to do, as the API says it. */
export function statusSentence({ status, status_message, status_detail }: WhatsAppInstance) {
  // Until somebody scans, or Meta answers, nothing is wrong.
  if (!status_message) return status === 'failed' ? status_detail : null
  return status_message[0]!.toUpperCase() + status_message.slice(1)
}
