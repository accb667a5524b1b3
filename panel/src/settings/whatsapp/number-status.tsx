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

/** What is wrong with it, and what to do. */
export function useStatusSentence() {
  const { settings, reasons } = useWords()
  const known: Record<string, string> = { ...reasons, ...settings.whatsapp.statusReasons }
  return ({ status, status_reason, status_detail }: WhatsAppInstance) =>
    // Until somebody scans, or Meta answers, nothing is wrong.
    known[status_reason ?? ''] ?? (status === 'failed' ? status_detail : null)
}
