import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useShortcut } from '../../shell/shortcuts.ts'
import { useWords } from '../../words/words.ts'
import { useFilters } from './filters.ts'

const typingMs = 200

/** `isWide`: as long as its place, with a label that is seen. */
export function SearchInput({ isWide = false }: { isWide?: boolean }) {
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
      {...(isWide ? { label: leads.search } : { 'aria-label': leads.search, placeholder: leads.search })}
      leftSection={<Search size={16} aria-hidden />}
      rightSection={text && <CloseButton size="sm" aria-label={common.clear} onClick={() => write('')} />}
      value={text}
      onChange={(event) => write(event.currentTarget.value)}
      style={isWide ? undefined : { flex: '1 1 12rem' }}
      maw={isWide ? undefined : { md: 280 }}
    />
  )
}
