import { Button, Group, PasswordInput, Select, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useLocation } from 'wouter'
import { useChange } from '../../api/change.tsx'
import { KeepsUnsaved, letLeave } from '../../parts/leaving.tsx'
import { useWords } from '../../words/words.ts'
import { toFields } from '../parts/form-failure.ts'

export const engines = ['NOWEB', 'GOWS', 'WEBJS', 'WPP'] as const
export type Engine = (typeof engines)[number]

/** A WAHA server: where it is; the QR code comes afterwards. */
export function WahaForm() {
  const words = useWords()
  const { waha, connectIt, displayName, displayNameHelp, secretHelp } = words.settings.whatsapp
  const [, go] = useLocation()
  const form = useForm({
    initialValues: {
      base_url: '',
      api_key: '',
      session: 'default',
      engine: 'NOWEB' as Engine,
      display_name: '',
    },
  })
  const add = useChange('POST /whatsapp/instances', {
    touches: ['account'],
    failed: toFields(form, words),
    done({ instance }) {
      letLeave()
      go(`/settings/whatsapp/${instance.id}`)
    },
  })
  return (
    <form onSubmit={form.onSubmit((body) => add.mutate({ body: { provider: 'waha', ...body } }))} noValidate>
      <KeepsUnsaved isDirty={form.isDirty() && !add.isSuccess} />
      <Stack maw="40rem">
        <TextInput
          label={waha.address}
          description={waha.addressHelp}
          placeholder="https://waha.example.com"
          type="url"
          {...form.getInputProps('base_url')}
        />
        <PasswordInput
          label={waha.key}
          description={waha.keyHelp}
          autoComplete="off"
          {...form.getInputProps('api_key')}
        />
        <TextInput
          label={waha.session}
          description={waha.sessionHelp}
          spellCheck={false}
          {...form.getInputProps('session')}
        />
        <Select
          label={waha.engine}
          description={waha.engineHelp}
          data={[...engines]}
          allowDeselect={false}
          {...form.getInputProps('engine')}
        />
        <TextInput
          label={displayName}
          description={displayNameHelp}
          {...form.getInputProps('display_name')}
        />
        <Text size="sm" c="dimmed">
          {secretHelp}
        </Text>
        <Group>
          <Button type="submit" loading={add.isPending}>
            {connectIt}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
