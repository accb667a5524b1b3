import { type CustomField, useFieldText } from '../leads/field-text.ts'
import type { Lead } from '../leads/pages.ts'

/** The custom fields that the account wants to see on a card. */
export function CardFields({ lead, fields }: { lead: Lead; fields: CustomField[] }) {
  const textOf = useFieldText()
  if (fields.length === 0) return null
  return (
    <dl className="board-card-fields">
      {fields.map((field) => {
        const text = textOf(field, lead.custom_fields[field.name]) || '–'
        return (
          <div key={field.id} title={`${field.label}: ${text}`}>
            <dt>{field.label}</dt>
            <dd>{text}</dd>
          </div>
        )
      })}
    </dl>
  )
}
