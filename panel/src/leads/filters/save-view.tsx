import { Button, Group, Modal, Stack, Switch, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useChange } from '../../api/change.tsx'
import { fieldErrors } from '../../api/failure.ts'
import { useWords } from '../../words/words.ts'
import type { Filters } from './filters.ts'

export default function SaveView({ filters, close }: { filters: Filters; close: () => void }) {
  const words = useWords()
  const { leads, common } = words
  const form = useForm({ initialValues: { name: '', is_shared: false } })
  const save = useChange('POST /views', {
    done: close,
    said: (_, { body }) => ({ text: leads.viewSaved(body.name) }),
    failed(error) {
      form.setErrors(fieldErrors(error, words))
      return error.body.errors !== undefined
    },
  })
  return (
    <Modal opened onClose={close} title={leads.viewSave}>
      <form
        onSubmit={form.onSubmit((written) => save.mutate({ body: { ...written, of: 'leads', filters } }))}
        noValidate
      >
        <Stack>
          <TextInput label={leads.viewName} data-autofocus {...form.getInputProps('name')} />
          <Switch label={leads.viewShared} {...form.getInputProps('is_shared', { type: 'checkbox' })} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {common.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
