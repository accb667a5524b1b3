import { MultiSelect, NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import { MoneyInput } from '../../parts/money-input.tsx'
import { useWords } from '../../words/words.ts'

export type Kind =
  | 'text'
  | 'email'
  | 'tel'
  | 'long'
  | 'number'
  | 'currency'
  | 'date'
  | 'select'
  | 'multiselect'
  | 'tags'
  | 'checkbox'

type Wanted = {
  label: string
  kind: Kind
  options?: { value: string; label: string }[]
  value: unknown
  problem: string
  keep: (value: unknown) => void
  leave: () => void
}

/** The input that fits a kind of field. What is chosen is kept at once, what is typed on Enter or on leaving. */
export function FieldInput({ label, kind, options = [], value, problem, keep, leave }: Wanted) {
  const { leads, locale } = useWords()
  const [written, write] = useState(value ?? (kind === 'multiselect' || kind === 'tags' ? [] : ''))
  const isOver = useRef(false)
  function end(how: () => void) {
    if (isOver.current) return
    isOver.current = true
    how()
  }
  const keepWritten = () => end(() => keep(written === '' ? null : written))
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') end(leave)
    if (event.key === 'Enter' && (kind !== 'long' || event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      keepWritten()
    }
  }
  const common = {
    'aria-label': label,
    error: problem || undefined,
    size: 'xs',
    autoFocus: true,
    onBlur: keepWritten,
  } as const
  const typed = { ...common, value: String(written), onKeyDown }

  switch (kind) {
    case 'checkbox':
      return (
        <Select
          {...common}
          data={[
            { value: 'true', label: leads.yes },
            { value: 'false', label: leads.no },
          ]}
          value={String(value ?? '')}
          defaultDropdownOpened
          onBlur={() => end(leave)}
          onChange={(chosen) => end(() => keep(chosen === null ? null : chosen === 'true'))}
        />
      )
    case 'select':
      return (
        <Select
          {...common}
          data={options}
          value={value === null || value === undefined ? null : String(value)}
          searchable
          clearable
          defaultDropdownOpened
          onBlur={() => end(leave)}
          onChange={(chosen) => end(() => keep(chosen))}
        />
      )
    case 'multiselect':
      return (
        <MultiSelect
          {...common}
          data={options}
          value={written as string[]}
          onChange={write}
          searchable
          defaultDropdownOpened
        />
      )
    case 'tags':
      return (
        <TagsInput
          {...common}
          data={options}
          value={written as string[]}
          onChange={write}
          acceptValueOnBlur
        />
      )
    case 'long':
      return (
        <Textarea {...typed} autosize minRows={3} onChange={(event) => write(event.currentTarget.value)} />
      )
    case 'currency':
      return <MoneyInput {...common} value={written as number} onChange={write} onKeyDown={onKeyDown} />
    case 'number':
      return (
        <NumberInput
          {...common}
          value={written as number}
          onChange={write}
          onKeyDown={onKeyDown}
          decimalSeparator={locale === 'en' ? '.' : ','}
          hideControls
        />
      )
    default:
      return <TextInput {...typed} type={kind} onChange={(event) => write(event.currentTarget.value)} />
  }
}
