import { Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Input } from '../../api/call.ts'
import { useChange } from '../../api/change.tsx'
import { look } from '../../api/look.ts'
import { useCan } from '../../api/session.ts'
import { useFormat } from '../../parts/format.ts'
import { useWords } from '../../words/words.ts'
import { useFieldText } from '../field-text.ts'
import { type ShownLead, showLead } from '../lead-cache.ts'
import { ownFields } from '../lead-looks.ts'
import { useTags } from '../use-tags.ts'
import { Field } from './field.tsx'
import type { Kind } from './field-input.tsx'

type Changes = NonNullable<Input<'PATCH /leads/{id}'>['body']>
type Own = 'name' | 'phone' | 'email' | 'company' | 'birthday' | 'value' | 'source' | 'notes'

const own: [Own, Kind][] = [
  ['name', 'text'],
  ['phone', 'tel'],
  ['email', 'email'],
  ['company', 'text'],
  ['value', 'currency'],
  ['source', 'source'],
  ['birthday', 'date'],
]

export function LeadFields({ lead }: { lead: ShownLead }) {
  const { leads } = useWords()
  const { money, day, phone, moment } = useFormat()
  const save = useSave(lead)
  const tags = useTags()
  const textOf = (name: Own) => {
    const value = lead[name]
    if (value === null || value === undefined) return ''
    if (name === 'value') return money(lead.value)
    if (name === 'birthday') return day(String(value))
    return name === 'phone' ? phone(String(value)) : String(value)
  }
  const keep = (name: keyof Changes) => save && ((value: unknown) => save({ [name]: value }))
  const campaign = [lead.utm_source, lead.utm_medium, lead.utm_campaign, lead.utm_term, lead.utm_content]
  return (
    <section className="lead-box" aria-label={leads.fields}>
      <Title order={2} mb={4}>
        {leads.fields}
      </Title>
      <Owner lead={lead} save={keep('assigned_to')} />
      {own.map(([name, kind]) => (
        <Field
          key={name}
          label={leads[name]}
          kind={kind}
          value={lead[name]}
          text={textOf(name)}
          save={keep(name)}
        />
      ))}
      <Field
        label={leads.tags}
        kind="tags"
        options={tags.map((value) => ({ value, label: value }))}
        value={lead.tags}
        text={lead.tags.join(', ')}
        save={keep('tags')}
      />
      <CustomFields lead={lead} save={save} />
      <Field label={leads.notes} kind="long" value={lead.notes} text={lead.notes} save={keep('notes')} />
      {campaign.some(Boolean) && (
        <Field label={leads.campaign} kind="text" value={null} text={campaign.filter(Boolean).join(' · ')} />
      )}
      <Field label={leads.created} kind="text" value={null} text={moment(lead.created_at)} />
    </section>
  )
}

type Save = ((changes: Changes) => Promise<unknown>) | undefined

function useSave(lead: ShownLead): Save {
  const change = useChange('PATCH /leads/{id}', {
    touches: ['pipelines', 'sources'],
    ahead: ({ body = {} }) => showLead(lead.id, shownOf(lead, body)),
    failed: () => true,
  })
  const mayWrite = useCan('leads:write')
  return mayWrite ? (body) => change.mutateAsync({ params: { id: lead.id }, body }) : undefined
}

const shownOf = (lead: ShownLead, { custom_fields, ...changes }: Changes): Partial<ShownLead> => ({
  ...(changes as Partial<ShownLead>),
  ...(changes.value === null ? { value: 0 } : {}),
  custom_fields: { ...lead.custom_fields, ...custom_fields },
})

function Owner({ lead, save }: { lead: ShownLead; save?: (value: unknown) => Promise<unknown> }) {
  const { leads } = useWords()
  const users = useQuery({ ...look('GET /users'), enabled: useCan('users:read') })
  const people = users.data?.data ?? []
  const owner = people.find(({ id }) => id === lead.assigned_to) ?? lead.owner
  return (
    <Field
      label={leads.owner}
      kind="select"
      options={people.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={lead.assigned_to}
      text={owner?.name}
      save={save && ((id) => save(id ? Number(id) : null))}
    />
  )
}

function CustomFields({ lead, save }: { lead: ShownLead; save: Save }) {
  const textOf = useFieldText()
  const asked = useQuery({ ...ownFields, enabled: useCan('custom_fields:read') })
  return (asked.data?.data ?? []).map((field) => (
    <Field
      key={field.id}
      label={field.label}
      kind={field.field_type}
      options={field.options.map((value) => ({ value, label: value }))}
      value={lead.custom_fields[field.name] ?? null}
      text={textOf(field, lead.custom_fields[field.name])}
      save={save && ((value) => save({ custom_fields: { [field.name]: value } }))}
    />
  ))
}
