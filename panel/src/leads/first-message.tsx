import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { Send } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useChange } from '../api/change.tsx'
import { useCan } from '../api/session.ts'
import { useWords } from '../words/words.ts'
import type { ShownLead } from './lead-cache.ts'

/** Where a conversation begins; what hinders it the API says. */
export function FirstMessage({ lead }: { lead: ShownLead }) {
  const { leads } = useWords()
  const [message, setMessage] = useState('')
  const mayWrite = useCan('whatsapp:write')
  const send = useChange('POST /leads/{id}/send-whatsapp', {
    touches: ['conversations'],
    done: () => setMessage(''),
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    send.mutate({ params: { id: lead.id }, body: { message } })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {lead.phone ? leads.noConversation : leads.noPhone}
        </Text>
        {mayWrite && lead.phone && (
          <>
            <Textarea
              aria-label={leads.firstMessage}
              placeholder={leads.firstMessage}
              autosize
              minRows={3}
              value={message}
              onChange={(event) => setMessage(event.currentTarget.value)}
            />
            <Group justify="flex-end">
              <Button
                type="submit"
                leftSection={<Send size={16} aria-hidden />}
                disabled={message.trim() === ''}
                loading={send.isPending}
              >
                {leads.send}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </form>
  )
}
