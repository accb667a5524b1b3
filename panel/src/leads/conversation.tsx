import { Button, Stack, Text } from '@mantine/core'
import { Link } from 'wouter'
import { useFormat } from '../parts/format.ts'
import { useWords } from '../words/words.ts'
import type { ShownLead } from './lead-cache.ts'

/** The last words with this lead, and the way to answer. */
export function Conversation({ lead }: { lead: ShownLead }) {
  const { leads } = useWords()
  const { moment } = useFormat()
  const { conversation } = lead
  if (!conversation)
    return (
      <Text size="sm" c="dimmed">
        {leads.noConversation}
      </Text>
    )
  return (
    <Stack gap="xs">
      {conversation.messages.toReversed().map(({ id, direction, text, happened_at }) => (
        <div key={id} className="lead-message" data-ours={direction === 'out' || undefined}>
          <div>{text}</div>
          <Text size="xs" c="dimmed">
            {moment(happened_at)}
          </Text>
        </div>
      ))}
      <Button component={Link} href={`/inbox/${conversation.id}`} variant="default">
        {leads.openInbox}
      </Button>
    </Stack>
  )
}
