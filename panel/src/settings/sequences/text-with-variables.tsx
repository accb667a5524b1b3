import { Textarea, TextInput } from '@mantine/core'
import { type ReactNode, useRef } from 'react'
import { VariableMenu } from '../parts/variable-menu.tsx'
import { useVariables } from './variables.ts'

type Wanted = {
  label: string
  value: string
  change: (value: string) => void
  isLong?: boolean
  description?: string
  placeholder?: string
  error?: ReactNode
}

/** A text that may speak of the lead: variables go in where one writes. */
export function TextWithVariables({ change, isLong = false, ...shown }: Wanted) {
  const box = useRef<HTMLTextAreaElement & HTMLInputElement>(null)
  const variables = useVariables()
  function insert(variable: string) {
    const [from, to] = [box.current?.selectionStart, box.current?.selectionEnd]
    const start = from ?? shown.value.length
    change(shown.value.slice(0, start) + variable + shown.value.slice(to ?? start))
    // Afterwards one goes on writing behind it.
    requestAnimationFrame(() => {
      box.current?.focus()
      box.current?.setSelectionRange(start + variable.length, start + variable.length)
    })
  }
  const common = {
    ...shown,
    ref: box,
    rightSection: <VariableMenu variables={variables} insert={insert} />,
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => change(currentTarget.value),
  }
  return isLong ? (
    <Textarea
      {...common}
      autosize
      minRows={3}
      maxLength={4096}
      rightSectionProps={{ style: { alignItems: 'flex-start', paddingTop: 4 } }}
    />
  ) : (
    <TextInput {...common} />
  )
}
