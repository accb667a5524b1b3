import { Chip, Group, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useRef, useState } from 'react'
import { look } from '../../api/look.ts'
import { useShortcut } from '../../shell/shortcuts.ts'
import { useWords } from '../../words/words.ts'
import { useFilters, type Whose } from './filters.ts'

const pauseMs = 250

export function FilterBar() {
  const { conversations } = useWords()
  const { whose, isUnread, number, set } = useFilters()
  const asked = useQuery(look('GET /whatsapp/instances'))
  const numbers = asked.data?.data ?? []
  return (
    <div className="inbox-filters">
      <SearchField />
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={conversations.whose}
        value={whose}
        onChange={(value) => set('whose', value === 'all' ? null : value)}
        data={(['all', 'me', 'none'] as Whose[]).map((value) => ({
          value,
          label: conversations.whoses[value],
        }))}
      />
      <Group gap="xs" wrap="nowrap" justify="space-between">
        <Chip size="xs" checked={isUnread} onChange={(checked) => set('unread', checked ? '1' : null)}>
          {conversations.unreadOnly}
        </Chip>
        {numbers.length > 1 && (
          <Select
            size="xs"
            flex={1}
            miw={0}
            aria-label={conversations.number}
            placeholder={conversations.anyNumber}
            clearable
            value={number}
            onChange={(value) => set('number', value)}
            data={numbers.map(({ id, display_name }) => ({ value: String(id), label: display_name }))}
          />
        )}
      </Group>
    </div>
  )
}

function SearchField() {
  const { conversations } = useWords()
  const { q, set } = useFilters()
  const [written, write] = useState(q)
  const field = useRef<HTMLInputElement>(null)
  const ask = useDebouncedCallback((value: string) => set('q', value.trim() || null), pauseMs)
  useShortcut('/', conversations.keySearch, () => field.current?.focus())
  return (
    <TextInput
      ref={field}
      type="search"
      size="sm"
      leftSection={<Search size={16} aria-hidden />}
      aria-label={conversations.search}
      placeholder={conversations.search}
      value={written}
      onChange={({ currentTarget }) => {
        write(currentTarget.value)
        ask(currentTarget.value)
      }}
    />
  )
}
