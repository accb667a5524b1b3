import { Button, Stack } from '@mantine/core'
import { Link } from 'wouter'
import { useCan } from '../api/session.ts'
import { late } from '../parts/late.tsx'
import { useWords } from '../words/words.ts'
import { FirstMessage } from './first-message.tsx'
import { FirstTemplate } from './first-template.tsx'
import type { ShownLead } from './lead-cache.ts'

const Thread = late(async () => ({ default: (await import('../conversations/thread/thread.tsx')).Thread }))

/** The conversation on WhatsApp, as in the inbox. */
export function Conversation({ lead }: { lead: ShownLead }) {
  const { leads } = useWords()
  const mayWrite = useCan('whatsapp:write')
  const { conversation } = lead
  if (!conversation)
    return (
      <Stack>
        <FirstMessage lead={lead} />
        {mayWrite && lead.phone && <FirstTemplate lead={lead} />}
      </Stack>
    )
  return (
    <Stack gap="xs">
      <div className="lead-thread">
        <Thread conversationId={conversation.id} />
      </div>
      <Button component={Link} href={`/inbox/${conversation.id}`} variant="subtle" size="compact-sm">
        {leads.openInbox}
      </Button>
    </Stack>
  )
}
