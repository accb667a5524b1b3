import { Chip, Group, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useSession } from '../../api/session.ts'
import { useWords } from '../../words/words.ts'
import { weekdays } from './draft.ts'
import type { SequenceForm } from './editor.tsx'

/** On which days, and from when to when, messages may go out. */
export function SendingHours({ form }: { form: SequenceForm }) {
  const words = useWords().settings.sequences
  const { time_zone } = useSession().account
  return (
    <Stack gap="xs">
      <Switch
        label={words.hasHours}
        description={words.hasHoursHelp}
        {...form.getInputProps('hasHours', { type: 'checkbox' })}
      />
      {form.values.hasHours && (
        <Stack gap="xs" pl={{ base: 0, sm: 48 }}>
          <Chip.Group multiple {...form.getInputProps('hours.days')}>
            <Group gap={6} role="group" aria-label={words.days}>
              {weekdays.map((day) => (
                <Chip key={day} value={day} size="sm">
                  {words.weekdays[day]}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          <Group gap="xs" align="flex-end">
            <TextInput label={words.from} type="time" w="8.5rem" {...form.getInputProps('hours.from')} />
            <TextInput label={words.to} type="time" w="8.5rem" {...form.getInputProps('hours.to')} />
            <Text size="xs" c="dimmed" pb={8}>
              {time_zone}
            </Text>
          </Group>
          {form.errors['sending_hours.days'] && (
            <Text size="xs" c="red">
              {form.errors['sending_hours.days']}
            </Text>
          )}
        </Stack>
      )}
    </Stack>
  )
}
