import { Badge, Button, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useChange } from '../../api/change.tsx'
import { client, look } from '../../api/look.ts'
import { useCan } from '../../api/session.ts'
import type { CustomField } from '../../api/types.ts'
import { Asked } from '../../parts/asked.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useWords } from '../../words/words.ts'
import { Row, Rows } from '../parts/rows.tsx'
import { Section } from '../parts/section.tsx'
import { SortedList } from '../parts/sorted-list.tsx'
import { SortedRow } from '../parts/sorted-row.tsx'
import { FieldForm } from './field-form.tsx'
import { FieldMenu } from './field-menu.tsx'

const listed = look('GET /custom-fields', { query: { active_only: false } })

export default function Fields() {
  const { settings } = useWords()
  const words = settings.process
  const mayChange = useCan('custom_fields:write')
  const [isMaking, make] = useState(false)
  const asked = useQuery(listed)
  return (
    <Section
      title={settings.sections.fields}
      help={words.fieldsHelp}
      isLocked={!mayChange}
      beside={
        mayChange && (
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => make(true)}>
            {words.newField}
          </Button>
        )
      }
    >
      <Asked of={asked}>{({ data }) => <Lists fields={data} mayChange={mayChange} />}</Asked>
      {isMaking && <FieldForm close={() => make(false)} />}
    </Section>
  )
}

function Lists({ fields, mayChange }: { fields: CustomField[]; mayChange: boolean }) {
  const { settings } = useWords()
  const words = settings.process
  const named = fields.map((field) => ({ id: field.id, name: field.label, field }))
  const used = named.filter(({ field }) => field.is_active)
  const archived = fields.filter(({ is_active }) => !is_active)
  const move = useChange<'PUT /custom-fields/{id}', { order: CustomField[] }>('PUT /custom-fields/{id}', {
    ahead: ({ order }) =>
      client.setQueryData(listed.queryKey, (before) =>
        before ? { ...before, data: [...order, ...archived] } : before,
      ),
  })
  if (fields.length === 0) return <Notice title={words.noFields} text={words.noFieldsHelp} />
  return (
    <Stack gap="lg">
      <SortedList
        label={settings.sections.fields}
        things={used}
        isFixed={!mayChange}
        moved={({ id }, place, order) =>
          move.mutate({
            params: { id },
            // Its place among all, also those that are put away.
            body: { sort_order: fields.indexOf(used[place]!.field) + 1 },
            order: order.map(({ field }) => field),
          })
        }
      >
        {({ field }, grip) => (
          <SortedRow
            grip={grip}
            title={field.label}
            badges={<Marks field={field} />}
            detail={<About field={field} />}
          >
            {mayChange && <FieldMenu field={field} />}
          </SortedRow>
        )}
      </SortedList>
      {archived.length > 0 && (
        <section>
          <Title order={2} size="h3" mb="xs">
            {words.archivedFields}
          </Title>
          <Rows label={words.archivedFields}>
            {archived.map((field) => (
              <Row key={field.id} title={field.label} isOff detail={<About field={field} />}>
                {mayChange && <FieldMenu field={field} />}
              </Row>
            ))}
          </Rows>
        </section>
      )}
    </Stack>
  )
}

function Marks({ field }: { field: CustomField }) {
  const words = useWords().settings.process
  return (
    <>
      {field.is_required && (
        <Badge variant="light" color="orange" tt="none">
          {words.required}
        </Badge>
      )}
      {field.show_on_card && (
        <Badge variant="light" color="gray" tt="none">
          {words.onCard}
        </Badge>
      )}
    </>
  )
}

function About({ field }: { field: CustomField }) {
  const words = useWords().settings.process
  const options = field.options.length > 0 ? `: ${field.options.join(', ')}` : ''
  return (
    <>
      {words.fieldTypes[field.field_type]}
      {options} · <span className="settings-mono">{field.name}</span>
    </>
  )
}
