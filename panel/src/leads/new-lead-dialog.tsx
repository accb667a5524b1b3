import {
  Alert,
  Anchor,
  Button,
  Group,
  Modal,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  TextInput,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { useChange } from '../api/change.tsx'
import { fieldErrors } from '../api/failure.ts'
import { look } from '../api/look.ts'
import { useSession } from '../api/session.ts'
import { MoneyInput } from '../parts/money-input.tsx'
import type { Pipeline } from '../pipelines/moving/moving.tsx'
import { useWords } from '../words/words.ts'
import { SourceInput } from './source-input.tsx'
import { useTags } from './use-tags.ts'

export default function NewLeadDialog({ pipeline, close }: { pipeline?: Pipeline; close: () => void }) {
  const words = useWords()
  const { leads, common } = words
  const { user } = useSession()
  const tags = useTags()
  const asked = useQuery(look('GET /pipelines'))
  const chosen = pipeline ?? asked.data?.pipelines[0]
  const form = useForm({
    initialValues: {
      name: '',
      phone: '',
      email: '',
      company: '',
      value: '' as number | string,
      source: '',
      tags: [] as string[],
      stage_id: String(chosen?.stages[0]?.id ?? ''),
    },
  })
  const create = useChange('POST /leads', {
    touches: ['pipelines', 'sources'],
    done: close,
    said: (_, { body }) => ({ text: leads.wasCreated(body.name) }),
    failed(error) {
      form.setErrors(fieldErrors(error, words))
      return error.body.errors !== undefined
    },
  })
  function submit({ value, stage_id, ...written }: typeof form.values) {
    const place = { ...(stage_id ? { stage_id: Number(stage_id) } : {}), assigned_to: user.id }
    create.mutate({ body: { ...written, value: value === '' ? null : Number(value), ...place } })
  }
  return (
    <Modal opened onClose={close} title={leads.newLead} size="lg">
      <form onSubmit={form.onSubmit(submit)} noValidate>
        <Stack>
          <TextInput label={leads.name} required data-autofocus {...form.getInputProps('name')} />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput label={leads.phone} type="tel" {...form.getInputProps('phone')} />
            <TextInput label={leads.email} type="email" {...form.getInputProps('email')} />
            <Known phone={form.values.phone} />
            <TextInput label={leads.company} {...form.getInputProps('company')} />
            <MoneyInput label={leads.value} {...form.getInputProps('value')} />
            <SourceInput label={leads.source} {...form.getInputProps('source')} />
            {chosen && (
              <Select
                label={leads.stage}
                data={chosen.stages.map(({ id, name }) => ({ value: String(id), label: name }))}
                allowDeselect={false}
                {...form.getInputProps('stage_id')}
              />
            )}
          </SimpleGrid>
          <TagsInput label={leads.tags} data={tags} clearable {...form.getInputProps('tags')} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {leads.create}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

const askedAfterMs = 300
const enoughDigits = 8

/** Whoever has this phone already: better opened than made twice. */
function Known({ phone }: { phone: string }) {
  const { leads } = useWords()
  const [digits] = useDebouncedValue(phone.replace(/\D/g, ''), askedAfterMs)
  const found = useQuery({
    ...look('GET /leads', { query: { q: digits, per_page: 3 } }),
    enabled: digits.length >= enoughDigits,
  })
  if (digits.length < enoughDigits || !found.data?.data.length) return null
  return (
    <Alert color="yellow" title={leads.known} style={{ gridColumn: '1 / -1' }} role="status">
      {found.data.data.map(({ id, name, stage }) => (
        <div key={id}>
          <Anchor component={Link} href={`/leads/${id}`} size="sm">
            {name}
          </Anchor>{' '}
          · {stage.name}
        </div>
      ))}
    </Alert>
  )
}
