import { ActionIcon, Menu } from '@mantine/core'
import { Ellipsis, Link2, Pencil, UserCheck, UserX } from 'lucide-react'
import { useState } from 'react'
import { useChange } from '../../api/change.tsx'
import type { User } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'
import { DeactivateForm } from './deactivate-form.tsx'
import { EditPerson } from './edit-person.tsx'
import { useNewLink } from './link-button.tsx'
import type { NewLink } from './people.tsx'

type Wanted = { user: User; everybody: User[]; show: (link: NewLink) => void }

export function PersonMenu({ user, everybody, show }: Wanted) {
  const { settings } = useWords()
  const words = settings.access
  const [asking, ask] = useState<'edit' | 'deactivate' | null>(null)
  const link = useNewLink(user, show)
  const activate = useChange('POST /users/{id}/activate', {
    touches: ['account'],
    said: () => ({ text: words.activated(user.name) }),
  })
  const params = { id: user.id }
  return (
    <>
      <Menu position="bottom-end" width={230} shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={36} aria-label={settings.more(user.name)}>
            <Ellipsis size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Pencil size={16} aria-hidden />} onClick={() => ask('edit')}>
            {settings.edit}
          </Menu.Item>
          {user.is_active ? (
            <>
              <Menu.Item
                leftSection={<Link2 size={16} aria-hidden />}
                onClick={() => link.mutate({ params })}
              >
                {words.newLink}
              </Menu.Item>
              <Menu.Item
                color="red"
                leftSection={<UserX size={16} aria-hidden />}
                onClick={() => ask('deactivate')}
              >
                {words.deactivate}
              </Menu.Item>
            </>
          ) : (
            <Menu.Item
              leftSection={<UserCheck size={16} aria-hidden />}
              onClick={() => activate.mutate({ params })}
            >
              {words.activate}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asking === 'edit' && <EditPerson user={user} close={() => ask(null)} />}
      {asking === 'deactivate' && (
        <DeactivateForm user={user} everybody={everybody} close={() => ask(null)} />
      )}
    </>
  )
}
