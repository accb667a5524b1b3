import { Button, CloseButton, Drawer, Group, Indicator, Stack, TextInput } from '@mantine/core'
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks'
import { ListFilter, Search } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useShortcut } from '../../shell/shortcuts.ts'
import { useWords } from '../../words/words.ts'
import { FilterInputs } from './filter-inputs.tsx'
import { useFilters } from './filters.ts'
import { SavedViews } from './saved-views.tsx'

const typingMs = 200

/** Search and filters in one line; on a phone the filters are a sheet. */
export function FilterBar({ beside }: { beside?: ReactNode }) {
  const { leads, common } = useWords()
  const { filters, replace, isFiltered } = useFilters()
  const [isOpen, { open, close }] = useDisclosure(false)
  const { q, ...others } = filters
  return (
    <Group gap="xs" mb="xs" wrap="nowrap">
      <SearchInput />
      <Group gap="xs" visibleFrom="md" wrap="nowrap">
        <FilterInputs />
        {isFiltered && (
          <Button variant="subtle" onClick={() => replace({})}>
            {common.clear}
          </Button>
        )}
      </Group>
      <Indicator
        hiddenFrom="md"
        disabled={Object.keys(others).length === 0}
        label={Object.keys(others).length}
        size={16}
      >
        <Button variant="default" px="sm" aria-label={leads.filters} onClick={open}>
          <ListFilter size={16} aria-hidden />
        </Button>
      </Indicator>
      <SavedViews />
      {beside}
      <Drawer opened={isOpen} onClose={close} position="bottom" size={440} title={leads.filters}>
        <Stack pb="md">
          <FilterInputs isWide />
          <Group grow>
            <Button variant="default" onClick={() => replace({})}>
              {common.clear}
            </Button>
            <Button onClick={close}>{leads.showFiltered}</Button>
          </Group>
        </Stack>
      </Drawer>
    </Group>
  )
}

function SearchInput() {
  const { leads, common } = useWords()
  const { filters, change } = useFilters()
  const [text, setText] = useState(filters.q ?? '')
  const input = useRef<HTMLInputElement>(null)
  useShortcut('/', leads.keySearch, () => input.current?.focus())
  const ask = useDebouncedCallback((q: string) => change({ q: q.trim() }), typingMs)
  // A saved view, or "clear", says something else.
  useEffect(
    () => setText((typed) => (typed.trim() === (filters.q ?? '') ? typed : (filters.q ?? ''))),
    [filters.q],
  )
  function write(typed: string) {
    setText(typed)
    ask(typed)
  }
  return (
    <TextInput
      ref={input}
      aria-label={leads.search}
      placeholder={leads.search}
      leftSection={<Search size={16} aria-hidden />}
      rightSection={text && <CloseButton size="sm" aria-label={common.clear} onClick={() => write('')} />}
      value={text}
      onChange={(event) => write(event.currentTarget.value)}
      style={{ flex: '1 1 12rem' }}
      maw={{ md: 280 }}
    />
  )
}
