import { Group, TextInput } from '@mantine/core'
import { useWords } from '../../words/words.ts'
import { useFilters } from './filters.ts'

/** Days, both of them included. */
export function CreatedFilter() {
  const { leads } = useWords()
  const { filters, change } = useFilters()
  const { created_from = '', created_to = '' } = filters
  return (
    <Group grow gap="xs" preventGrowOverflow={false} wrap="nowrap">
      <TextInput
        type="date"
        label={leads.createdFrom}
        value={created_from}
        max={created_to || undefined}
        onChange={({ currentTarget }) => change({ created_from: currentTarget.value })}
      />
      <TextInput
        type="date"
        label={leads.createdTo}
        value={created_to}
        min={created_from || undefined}
        onChange={({ currentTarget }) => change({ created_to: currentTarget.value })}
      />
    </Group>
  )
}
