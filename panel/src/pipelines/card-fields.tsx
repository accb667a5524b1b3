import { useQuery } from '@tanstack/react-query'
import { look } from '../api/look.ts'
import { useFieldText } from '../leads/field-text.ts'
import type { Lead } from '../leads/pages.ts'

/** The custom fields that the account wants to see on a card, where they have a value. */
export function CardFields({ lead }: { lead: Lead }) {
  const fields = useQuery(look('GET /custom-fields', { query: { active_only: true } }))
  const textOf = useFieldText()
  const shown = (fields.data?.data ?? []).flatMap((field) => {
    const text = field.show_on_card ? textOf(field, lead.custom_fields[field.name]) : ''
    return text ? [{ ...field, text }] : []
  })
  if (shown.length === 0) return null
  return (
    <dl className="board-card-fields">
      {shown.map(({ id, label, text }) => (
        <div key={id} title={`${label}: ${text}`}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}
