import { ActionIcon, Menu } from '@mantine/core'
import { Archive, ArchiveRestore, Ellipsis, Pencil } from 'lucide-react'
import { useState } from 'react'
import { useChange } from '../../api/change.tsx'
import type { CustomField } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'
import { FieldForm } from './field-form.tsx'

export function FieldMenu({ field }: { field: CustomField }) {
  const { settings } = useWords()
  const words = settings.process
  const [isEditing, edit] = useState(false)
  const params = { id: field.id }
  const restore = useChange('PUT /custom-fields/{id}', {
    touches: ['account'],
    said: () => ({ text: words.fieldRestored(field.label) }),
  })
  const archive = useChange('PUT /custom-fields/{id}', {
    touches: ['account'],
    said: () => ({
      text: words.fieldArchived(field.label),
      undo: () => restore.mutate({ params, body: { is_active: true } }),
    }),
  })
  return (
    <>
      <Menu position="bottom-end" width={200} shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={36} aria-label={settings.more(field.label)}>
            <Ellipsis size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Pencil size={16} aria-hidden />} onClick={() => edit(true)}>
            {settings.edit}
          </Menu.Item>
          {field.is_active ? (
            <Menu.Item
              leftSection={<Archive size={16} aria-hidden />}
              onClick={() => archive.mutate({ params, body: { is_active: false } })}
            >
              {words.archive}
            </Menu.Item>
          ) : (
            <Menu.Item
              leftSection={<ArchiveRestore size={16} aria-hidden />}
              onClick={() => restore.mutate({ params, body: { is_active: true } })}
            >
              {words.restore}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {isEditing && <FieldForm field={field} close={() => edit(false)} />}
    </>
  )
}
