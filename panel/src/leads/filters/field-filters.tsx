import { NumberInput, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { look } from '../../api/look.ts'
import { MoneyInput } from '../../parts/money-input.tsx'
import { useWords } from '../../words/words.ts'
import type { CustomField } from '../field-text.ts'
import { useFilters } from './filters.ts'

/** The account's own fields, each with the input that fits its type. */
export function FieldFilters() {
  const fields = useQuery(look('GET /custom-fields', { query: { active_only: true } })).data?.data ?? []
  const { filters, change } = useFilters()
  const given = filters.custom_fields ?? {}
  return fields.map((field) => (
    <FieldFilter
      key={field.id}
      field={field}
      value={given[field.name] ?? ''}
      choose={(value) => change({ custom_fields: { ...given, [field.name]: value } })}
    />
  ))
}

type Wanted = { field: CustomField; value: string; choose: (value: string) => void }

function FieldFilter(wanted: Wanted) {
  const { leads } = useWords()
  const { field, value, choose } = wanted
  const { field_type: type, label } = field
  if (type === 'date')
    return (
      <TextInput
        type="date"
        label={label}
        value={value}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      />
    )
  if (type === 'text' || type === 'number' || type === 'currency') return <Typed {...wanted} />
  const yesNo = [
    { value: 'true', label: leads.yes },
    { value: 'false', label: leads.no },
  ]
  return (
    <Select
      label={label}
      data={type === 'checkbox' ? yesNo : (field.options ?? [])}
      value={value || null}
      onChange={(chosen) => choose(chosen ?? '')}
      searchable={type !== 'checkbox'}
      clearable
      comboboxProps={{ withinPortal: false }}
    />
  )
}

const typingMs = 300

/** Asked for when one stops typing. */
function Typed({ field, value, choose }: Wanted) {
  const { locale } = useWords()
  const { field_type: type, label } = field
  const [text, setText] = useState(value)
  const ask = useDebouncedCallback((typed: string) => choose(typed.trim()), typingMs)
  useEffect(() => setText(value), [value])
  function write(typed: string | number) {
    setText(String(typed))
    ask(String(typed))
  }
  if (type === 'currency') return <MoneyInput label={label} value={text} onChange={write} />
  if (type === 'number') {
    const separator = locale === 'en' ? '.' : ','
    return (
      <NumberInput label={label} value={text} onChange={write} decimalSeparator={separator} hideControls />
    )
  }
  return <TextInput label={label} value={text} onChange={({ currentTarget }) => write(currentTarget.value)} />
}
