import { Radio, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useChange } from '../../api/change.tsx'
import { useWords } from '../../words/words.ts'
import { DialogForm } from '../parts/dialog-form.tsx'
import { toFields } from '../parts/form-failure.ts'
import { ScopeGrid } from './scope-grid.tsx'
import type { Scope } from './scopes.ts'

const dayMs = 86_400_000
const lifetimes = ['30', '90', '365', ''] as const

type Wanted = { close: () => void; show: (made: { name: string; key: string }) => void }

export function KeyForm({ close, show }: Wanted) {
  const words = useWords()
  const { access, name } = words.settings
  const form = useForm({
    initialValues: { name: '', reach: 'all' as 'all' | 'some', scopes: ['leads:read'] as Scope[], days: '' },
  })
  const create = useChange('POST /api-keys', {
    failed: toFields(form, words),
    done({ api_key, key }) {
      close()
      show({ name: api_key.name, key })
    },
  })
  function submit({ name, reach, scopes, days }: typeof form.values) {
    if (reach === 'some' && scopes.length === 0)
      return form.setFieldError('scopes', words.failures.field.choose)
    const expires_at = days ? new Date(Date.now() + Number(days) * dayMs).toISOString() : null
    create.mutate({ body: { name, expires_at, ...(reach === 'some' ? { scopes } : {}) } })
  }
  return (
    <DialogForm
      title={access.newKey}
      action={access.createKey}
      isBusy={create.isPending}
      close={close}
      submit={form.onSubmit(submit)}
    >
      <TextInput
        label={name}
        description={access.keyNameHelp}
        placeholder="n8n"
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Radio.Group label={access.reach} {...form.getInputProps('reach')}>
        <Stack gap="xs" mt={6}>
          <Radio value="all" label={access.fullAccess} description={access.fullAccessHelp} />
          <Radio value="some" label={access.someAccess} description={access.someAccessHelp} />
        </Stack>
      </Radio.Group>
      {form.values.reach === 'some' && (
        <ScopeGrid
          scopes={form.values.scopes}
          change={(scopes) => form.setFieldValue('scopes', scopes)}
          error={form.errors.scopes}
        />
      )}
      <Select
        label={access.expiry}
        data={lifetimes.map((days) => ({ value: days, label: access.lifetimes[days || 'never'] }))}
        allowDeselect={false}
        {...form.getInputProps('days')}
      />
    </DialogForm>
  )
}
