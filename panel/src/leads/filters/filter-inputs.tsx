import { MultiSelect, Select } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { look } from '../../api/look.ts'
import { useCan, useSession } from '../../api/session.ts'
import { useWords } from '../../words/words.ts'
import { SourceInput } from '../source-input.tsx'
import { useTags } from '../use-tags.ts'
import { type Status, statuses, useFilters } from './filters.ts'

/** `isWide`: below each other, with labels that are seen. */
export function FilterInputs({ isWide = false }: { isWide?: boolean }) {
  const { leads } = useWords()
  const { filters, change } = useFilters()
  const tags = useTags()
  const named = (label: string) => (isWide ? { label } : { 'aria-label': label, placeholder: label })
  return (
    <>
      {useCan('users:read') && <OwnerFilter isWide={isWide} />}
      <MultiSelect
        {...named(leads.tags)}
        placeholder={isWide || filters.tags?.length ? undefined : leads.tags}
        data={[...new Set([...tags, ...(filters.tags ?? [])])]}
        value={filters.tags ?? []}
        onChange={(chosen) => change({ tags: chosen })}
        searchable
        clearable
        maw={isWide ? undefined : 170}
        miw={isWide ? undefined : 110}
      />
      <SourceFilter {...named(leads.source)} />
      <Select
        {...named(leads.status)}
        data={statuses.map((value) => ({ value, label: leads.statuses[value] }))}
        value={filters.status ?? null}
        onChange={(status) => change({ status: (status as Status) ?? undefined })}
        clearable
        w={isWide ? undefined : 130}
      />
    </>
  )
}

function OwnerFilter({ isWide }: { isWide: boolean }) {
  const { leads } = useWords()
  const { user } = useSession()
  const { filters, change } = useFilters()
  const users = useQuery(look('GET /users'))
  const others = (users.data?.data ?? []).filter(({ id }) => id !== user.id)
  return (
    <Select
      {...(isWide ? { label: leads.owner } : { 'aria-label': leads.owner, placeholder: leads.owner })}
      data={[
        { value: String(user.id), label: leads.me(user.name) },
        ...others.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
      value={filters.assigned_to ? String(filters.assigned_to) : null}
      onChange={(id) => change({ assigned_to: id ? Number(id) : undefined })}
      searchable
      clearable
      w={isWide ? undefined : 160}
    />
  )
}

const typingMs = 300

function SourceFilter(named: { label?: string; placeholder?: string }) {
  const { filters, change } = useFilters()
  const [text, setText] = useState(filters.source ?? '')
  const ask = useDebouncedCallback((source: string) => change({ source: source.trim() }), typingMs)
  useEffect(() => setText(filters.source ?? ''), [filters.source])
  return (
    <SourceInput
      {...named}
      value={text}
      onChange={(source) => {
        setText(source)
        ask(source)
      }}
      clearable
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      w={named.label ? undefined : 110}
    />
  )
}
