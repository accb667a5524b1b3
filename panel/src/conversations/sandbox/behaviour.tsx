import { Group, SegmentedControl, Select, Stack, Switch, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Input } from '../../api/call.ts'
import { useChange } from '../../api/change.tsx'
import { look } from '../../api/look.ts'
import { useWords } from '../../words/words.ts'

type Changes = NonNullable<Input<'PUT /whatsapp/instances/{id}/sandbox'>['body']>

/** What the phone does by itself, and how sending to it goes wrong. */
export function Behaviour({ instanceId }: { instanceId: number }) {
  const { conversations, reasons } = useWords()
  const asked = useQuery(look('GET /whatsapp/instances/{id}', { params: { id: instanceId } }))
  const change = useChange('PUT /whatsapp/instances/{id}/sandbox')
  const settings = asked.data?.instance.connection?.sandbox
  if (!settings) return null
  const set = (body: Changes) => change.mutate({ params: { id: instanceId }, body })
  return (
    <Stack gap="xs">
      <Text size="xs" fw={600}>
        {conversations.phoneBehaviour}
      </Text>
      <Group gap="md">
        <Switch
          size="xs"
          label={conversations.phoneReads}
          checked={settings.reads}
          onChange={({ currentTarget }) => set({ reads: currentTarget.checked })}
        />
        <Switch
          size="xs"
          label={conversations.phoneAnswers}
          checked={settings.answers}
          onChange={({ currentTarget }) => set({ answers: currentTarget.checked })}
        />
      </Group>
      <Select
        size="xs"
        label={conversations.phoneFails}
        placeholder={conversations.phoneNoFail}
        searchable
        clearable
        value={settings.fails_with}
        onChange={(value) => set({ fails_with: value as Changes['fails_with'] })}
        data={Object.entries(reasons).map(([value, label]) => ({ value, label }))}
      />
      {settings.fails_with && (
        <SegmentedControl
          size="xs"
          aria-label={conversations.phoneFailsWhen}
          value={settings.fails_when}
          onChange={(value) => set({ fails_when: value as 'sending' | 'later' })}
          data={(['sending', 'later'] as const).map((value) => ({
            value,
            label: conversations.phoneFailsWhens[value],
          }))}
        />
      )}
    </Stack>
  )
}
