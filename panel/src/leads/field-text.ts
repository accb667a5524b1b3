import type { AnswerOf } from '../api/call.ts'
import { useFormat } from '../parts/format.ts'
import { useWords } from '../words/words.ts'

export type CustomField = AnswerOf<'GET /custom-fields'>['data'][number]

/** What a custom field says, as this person reads it; nothing when it is empty. */
export function useFieldText() {
  const { leads } = useWords()
  const { number, money, day } = useFormat()
  return ({ field_type }: Pick<CustomField, 'field_type'>, value: unknown): string => {
    if (value === null || value === undefined || value === '') return ''
    if (Array.isArray(value)) return value.join(', ')
    if (typeof value === 'boolean') return value ? leads.yes : leads.no
    if (field_type === 'currency') return money(Number(value))
    if (field_type === 'number') return number(Number(value))
    if (field_type === 'date') return day(String(value))
    return String(value)
  }
}
