import { ActionIcon, Menu } from '@mantine/core'
import { Ellipsis, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useChange } from '../../api/change.tsx'
import type { Sequence } from '../../api/types.ts'
import { letLeave } from '../../parts/leaving.tsx'
import { useWords } from '../../words/words.ts'
import { Confirm } from '../parts/confirm.tsx'

export function SequenceMenu({ sequence }: { sequence: Sequence }) {
  const { settings } = useWords()
  const words = settings.sequences
  const [, go] = useLocation()
  const [isRemoving, ask] = useState(false)
  const remove = useChange('DELETE /sequences/{id}', {
    touches: ['account'],
    done() {
      letLeave()
      go('/settings/sequences', { replace: true })
    },
    said: () => ({ text: words.removed(sequence.name) }),
  })
  return (
    <>
      <Menu position="bottom-end" width={200} shadow="md">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={settings.more(sequence.name)}>
            <Ellipsis size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="red" leftSection={<Trash2 size={16} aria-hidden />} onClick={() => ask(true)}>
            {settings.remove}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isRemoving && (
        <Confirm
          title={words.removeTitle(sequence.name)}
          text={words.removeHelp(sequence.runs.active)}
          action={settings.remove}
          isBusy={remove.isPending}
          confirm={() => remove.mutate({ params: { id: sequence.id } })}
          close={() => ask(false)}
        />
      )}
    </>
  )
}
