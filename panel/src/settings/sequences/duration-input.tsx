import { Group, Input, NumberInput, Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../../words/words.ts'
import type { Duration } from './draft.ts'

const units = ['minutes', 'hours', 'days'] as const
type Unit = (typeof units)[number]
type Wanted = {
  label: string
  value: Duration
  change: (value: Duration) => void
  mayBeNone?: boolean
  error?: ReactNode
}

/** So many minutes, hours or days. */
export function DurationInput({ label, value, change, mayBeNone = false, error }: Wanted) {
  const words = useWords().settings.sequences
  const unit = units.find((each) => (value[each] ?? 0) > 0) ?? 'days'
  const set = (amount: number, unit: Unit) => change({ [unit]: amount })
  return (
    <Input.Wrapper label={label} labelElement="div" error={error}>
      <Group gap="xs" mt={4}>
        <NumberInput
          aria-label={label}
          value={inOne(value, unit)}
          min={mayBeNone ? 0 : 1}
          max={unit === 'days' ? 366 : 8784}
          allowDecimal={false}
          w="6rem"
          onChange={(amount) => set(Number(amount) || 0, unit)}
        />
        <Select
          aria-label={words.unit}
          data={units.map((each) => ({ value: each, label: words.unitNames[each] }))}
          value={unit}
          allowDeselect={false}
          w="8rem"
          onChange={(chosen) => set(inOne(value, unit) || 1, chosen as Unit)}
        />
      </Group>
    </Input.Wrapper>
  )
}

/** "1 day 2 hours" is 26 hours: nothing of it is lost. */
function inOne({ days = 0, hours = 0, minutes = 0 }: Duration, unit: Unit) {
  if (unit === 'days') return days
  if (unit === 'hours') return days * 24 + hours
  return (days * 24 + hours) * 60 + minutes
}
