import { Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Input } from '../../api/call.ts'
import { useChange } from '../../api/change.tsx'
import { look } from '../../api/look.ts'
import { useCan } from '../../api/session.ts'
import type { Account } from '../../api/types.ts'
import { Asked } from '../../parts/asked.tsx'
import { locales, useWords } from '../../words/words.ts'
import { toFields } from '../parts/form-failure.ts'
import { SaveBar } from '../parts/save-bar.tsx'
import { Section } from '../parts/section.tsx'
import { countries } from './countries.ts'

type Changes = NonNullable<Input<'PUT /account'>['body']>

export default function Company() {
  const { settings } = useWords()
  const mayChange = useCan('users:write')
  const asked = useQuery(look('GET /account'))
  return (
    <Section title={settings.sections.company} isLocked={!mayChange}>
      <Asked of={asked}>{({ account }) => <Form account={account} mayChange={mayChange} />}</Asked>
    </Section>
  )
}

function Form({ account, mayChange }: { account: Account; mayChange: boolean }) {
  const words = useWords()
  const { account: its, name } = words.settings
  const form = useForm({
    initialValues: {
      name: account.name,
      time_zone: account.time_zone,
      locale: account.locale,
      country: account.country,
    },
  })
  const save = useChange('PUT /account', {
    touches: ['session'],
    done: () => form.resetDirty(),
    said: () => ({ text: words.settings.saved }),
    failed: toFields(form, words),
  })
  const zones = useMemo(() => zonesWith(account.time_zone), [account.time_zone])
  const places = useMemo(() => placesIn(words.locale), [words.locale])
  return (
    <form onSubmit={form.onSubmit((body) => save.mutate({ body: body as Changes }))} noValidate>
      <Stack maw="32rem">
        <TextInput label={name} disabled={!mayChange} {...form.getInputProps('name')} />
        <Select
          label={its.timeZone}
          description={its.timeZoneHelp}
          data={zones}
          searchable
          allowDeselect={false}
          disabled={!mayChange}
          {...form.getInputProps('time_zone')}
        />
        <Select
          label={its.locale}
          description={its.localeHelp}
          data={locales.map((each) => ({ value: each, label: words.shell.languages[each] }))}
          allowDeselect={false}
          disabled={!mayChange}
          {...form.getInputProps('locale')}
        />
        <Select
          label={its.country}
          description={its.countryHelp}
          data={places}
          searchable
          allowDeselect={false}
          disabled={!mayChange}
          {...form.getInputProps('country')}
        />
      </Stack>
      <SaveBar isDirty={form.isDirty()} isSaving={save.isPending} discard={form.reset} />
    </form>
  )
}

const zonesWith = (own: string) => [...new Set([own, ...Intl.supportedValuesOf('timeZone')])]

function placesIn(locale: string) {
  const names = new Intl.DisplayNames(locale, { type: 'region' })
  return countries
    .map((code) => ({ value: code, label: names.of(code) ?? code }))
    .toSorted((one, other) => one.label.localeCompare(other.label, locale))
}
