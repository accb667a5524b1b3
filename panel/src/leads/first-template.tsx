import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Send } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useChange } from '../api/change.tsx'
import { look } from '../api/look.ts'
import { filled, partsOf } from '../conversations/composer/template-parts.ts'
import { useWords } from '../words/words.ts'
import type { ShownLead } from './lead-cache.ts'

const most = 200

/** The only way to write first where Meta's rules hold. */
export function FirstTemplate({ lead }: { lead: ShownLead }) {
  const { leads, conversations } = useWords()
  const [chosenId, choose] = useState<string | null>(null)
  const [values, write] = useState<Record<string, string>>({})
  const asked = useQuery(look('GET /whatsapp/templates', { query: { status: 'APPROVED', per_page: most } }))
  const send = useChange('POST /leads/{id}/send-whatsapp-template', { touches: ['conversations'] })
  const templates = asked.data?.data ?? []
  const template = templates.find(({ id }) => String(id) === chosenId)
  const isComplete = template?.variables.every(({ name }) => values[name]?.trim())
  if (templates.length === 0) return null
  function submit(event: FormEvent) {
    event.preventDefault()
    send.mutate({ params: { id: lead.id }, body: { template_id: template!.id, variables: values } })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Select
          label={leads.firstTemplate}
          data={templates.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={chosenId}
          onChange={choose}
          searchable
          clearable
        />
        {template?.variables.map(({ name }) => (
          <TextInput
            key={name}
            label={conversations.variable(name)}
            value={values[name] ?? ''}
            onChange={({ currentTarget }) => write({ ...values, [name]: currentTarget.value })}
          />
        ))}
        {template && (
          <>
            <Text size="sm" c="dimmed" style={{ whiteSpace: 'pre-line' }}>
              {filled(partsOf(template).body, (key) => values[key]).map((piece) => piece.text)}
            </Text>
            <Group justify="flex-end">
              <Button
                type="submit"
                leftSection={<Send size={16} aria-hidden />}
                disabled={!isComplete}
                loading={send.isPending}
              >
                {leads.sendTemplate}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </form>
  )
}
