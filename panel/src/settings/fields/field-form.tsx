import { Select, Switch, TagsInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useChange } from '../../api/change.tsx'
import type { CustomField } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'
import { DialogForm } from '../parts/dialog-form.tsx'
import { toFields } from '../parts/form-failure.ts'

const types = ['text', 'number', 'currency', 'date', 'select', 'multiselect', 'checkbox'] as const

/** A new field, or one that is there; its name in the API comes from what it is called until somebody writes one. */
export function FieldForm({ field, close }: { field?: CustomField; close: () => void }) {
  const words = useWords()
  const { process } = words.settings
  const form = useForm({
    initialValues: {
      label: field?.label ?? '',
      name: field?.name ?? '',
      field_type: field?.field_type ?? ('text' as CustomField['field_type']),
      options: field?.options ?? [],
      is_required: field?.is_required ?? false,
      show_on_card: field?.show_on_card ?? false,
    },
  })
  const wanted = {
    touches: ['account' as const, 'leads' as const],
    done: close,
    failed: toFields(form, words),
  }
  const create = useChange('POST /custom-fields', wanted)
  const save = useChange('PUT /custom-fields/{id}', {
    ...wanted,
    said: () => ({ text: words.settings.saved }),
  })
  function submit({ name, options, ...written }: typeof form.values) {
    const hasOptions = written.field_type === 'select' || written.field_type === 'multiselect'
    const body = {
      ...written,
      name: name || identifierOf(written.label),
      ...(hasOptions ? { options } : {}),
    }
    if (field) save.mutate({ params: { id: field.id }, body })
    else create.mutate({ body })
  }
  const { field_type } = form.values
  return (
    <DialogForm
      title={field ? field.label : process.newField}
      action={field ? words.common.save : process.create}
      isBusy={create.isPending || save.isPending}
      close={close}
      submit={form.onSubmit(submit)}
    >
      <TextInput label={process.label} data-autofocus {...form.getInputProps('label')} />
      <Select
        label={process.fieldType}
        description={field && process.fieldTypeHelp}
        data={types.map((type) => ({ value: type, label: process.fieldTypes[type] }))}
        allowDeselect={false}
        {...form.getInputProps('field_type')}
      />
      {(field_type === 'select' || field_type === 'multiselect') && (
        <TagsInput
          label={process.options}
          description={process.optionsHelp}
          {...form.getInputProps('options')}
        />
      )}
      <Switch
        label={process.isRequired}
        description={process.isRequiredHelp}
        {...form.getInputProps('is_required', { type: 'checkbox' })}
      />
      <Switch label={process.showOnCard} {...form.getInputProps('show_on_card', { type: 'checkbox' })} />
      <TextInput
        label={process.apiName}
        description={process.apiNameHelp}
        placeholder={identifierOf(form.values.label)}
        spellCheck={false}
        classNames={{ input: 'settings-mono' }}
        {...form.getInputProps('name')}
      />
    </DialogForm>
  )
}

/** "Tamanho da empresa" is `tamanho_da_empresa`. */
const identifierOf = (label: string) =>
  label
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_\d]+|_+$/g, '')
    .slice(0, 64)
