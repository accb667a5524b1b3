import { MultiSelect, NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import { MoneyInput } from '../../parts/money-input.tsx'
import { useWords } from '../../words/words.ts'
import { SourceInput } from '../source-input.tsx'

type Typed = 'text' | 'email' | 'tel' | 'date' | 'long' | 'number' | 'currency' | 'source'
export type Kind = Typed | 'select' | 'checkbox' | 'multiselect' | 'tags'

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
export function FieldInput(wanted: Wanted) {
  const { kind } = wanted
  if (kind === 'select' || kind === 'checkbox') return <ChoiceInput {...wanted} />
  if (kind === 'multiselect' || kind === 'tags') return <ManyInput {...wanted} />
  return <TypedInput {...wanted} kind={kind} />
}

const shared = ({ label, problem }: Wanted) =>
  ({ 'aria-label': label, error: problem || undefined, size: 'xs', autoFocus: true }) as const

/** An input goes once: what takes it away also takes the focus from it. */
function useOnce() {
  const isOver = useRef(false)
  return (how: () => void) => {
    if (!isOver.current) how()
    isOver.current = true
  }
}

function ChoiceInput(wanted: Wanted) {
  const { kind, options = [], value, keep, leave } = wanted
  const { leads } = useWords()
  const once = useOnce()
  const isYesNo = kind === 'checkbox'
  const yesNo = [
    { value: 'true', label: leads.yes },
    { value: 'false', label: leads.no },
  ]
  return (
    <Select
      {...shared(wanted)}
      data={isYesNo ? yesNo : options}
      value={value === null || value === undefined ? null : String(value)}
      searchable={!isYesNo}
      clearable
      defaultDropdownOpened
      onBlur={() => once(leave)}
      onChange={(chosen) => once(() => keep(isYesNo && chosen ? chosen === 'true' : chosen))}
    />
  )
}

function ManyInput(wanted: Wanted) {
  const { kind, options = [], value, keep } = wanted
  const [chosen, choose] = useState((value ?? []) as string[])
  const once = useOnce()
  const parts = {
    ...shared(wanted),
    data: options,
    value: chosen,
    onChange: choose,
    onBlur: () => once(() => keep(chosen)),
  }
  return kind === 'tags' ? (
    <TagsInput {...parts} acceptValueOnBlur={false} />
  ) : (
    <MultiSelect {...parts} searchable defaultDropdownOpened />
  )
}

function TypedInput(wanted: Wanted & { kind: Typed }) {
  const { kind, value, keep, leave } = wanted
  const { locale } = useWords()
  const [written, write] = useState((value ?? '') as string | number)
  const once = useOnce()
  const end = () => once(() => keep(written === '' ? null : written))
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') once(leave)
    // In a long text Enter is a new line.
    if (event.key !== 'Enter' || (kind === 'long' && !event.ctrlKey && !event.metaKey)) return
    event.preventDefault()
    end()
  }
  const parts = { ...shared(wanted), onBlur: end, onKeyDown }
  if (kind === 'currency') return <MoneyInput {...parts} value={written} onChange={write} />
  if (kind === 'number') {
    const separator = locale === 'en' ? '.' : ','
    return (
      <NumberInput {...parts} value={written} onChange={write} decimalSeparator={separator} hideControls />
    )
  }
  if (kind === 'source')
    return (
      // The keys of its list come first: what is chosen there is kept.
      <SourceInput
        {...shared(wanted)}
        value={String(written)}
        onChange={write}
        onBlur={end}
        onOptionSubmit={(chosen) => once(() => keep(chosen))}
        wrapperProps={{ onKeyDown }}
      />
    )
  const text = { ...parts, value: String(written) }
  return kind === 'long' ? (
    <Textarea {...text} autosize minRows={3} onChange={(event) => write(event.currentTarget.value)} />
  ) : (
    <TextInput {...text} type={kind} onChange={(event) => write(event.currentTarget.value)} />
  )
}
