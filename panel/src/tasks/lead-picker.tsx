import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { look } from '../api/look.ts'
import { useWords } from '../words/words.ts'

const typingMs = 200
const shown = 8

type Named = { id: number; name: string }
type Wanted = {
  value: string | null
  onChange: (id: string | null) => void
  /** Who is chosen from the beginning. */
  known: Named | null
  error?: React.ReactNode
}

/** A lead, found by what somebody remembers of it. */
export function LeadPicker({ value, onChange, known, error }: Wanted) {
  const { tasks } = useWords()
  const [text, write] = useState(known?.name ?? '')
  const [chosen, choose] = useState(known)
  const [q] = useDebouncedValue(text.trim(), typingMs)
  const isAsking = q.length > 1 && q !== chosen?.name
  const { data } = useQuery({
    ...look('GET /leads', { query: { q, per_page: shown } }),
    enabled: isAsking,
    placeholderData: keepPreviousData,
  })
  const found: Named[] = isAsking ? (data?.data ?? []) : []
  const all = chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found
  return (
    <Select
      label={tasks.lead}
      placeholder={tasks.leadHint}
      data={all.map(({ id, name }) => ({ value: String(id), label: name }))}
      filter={({ options }) => options}
      value={value}
      onChange={(id) => {
        choose(all.find((each) => String(each.id) === id) ?? null)
        onChange(id)
      }}
      searchValue={text}
      onSearchChange={write}
      nothingFoundMessage={isAsking ? tasks.leadNone : tasks.leadType}
      searchable
      clearable
      error={error}
    />
  )
}
