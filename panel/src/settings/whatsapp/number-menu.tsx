import { ActionIcon, Button, Menu } from '@mantine/core'
import { Ellipsis, Pencil, Plug, PlugZap, RefreshCw, Star, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useChange } from '../../api/change.tsx'
import type { WhatsAppInstanceDetail } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'
import { Confirm } from '../parts/confirm.tsx'
import { RenameNumber } from './rename-number.tsx'

type Asking = 'rename' | 'disconnect' | 'remove' | null

/** What can be done with a number; what stops messages is asked first. */
export function NumberMenu({ number }: { number: WhatsAppInstanceDetail }) {
  const { settings } = useWords()
  const words = settings.whatsapp
  const [asking, ask] = useState<Asking>(null)
  const [, go] = useLocation()
  const close = () => ask(null)
  const params = { id: number.id }
  const name = number.display_name
  const connect = useChange('POST /whatsapp/instances/{id}/connect')
  const look = useChange('POST /whatsapp/instances/{id}/refresh', {
    said: ({ instance }) => ({ text: words.looked(words.statuses[instance.status]) }),
  })
  const choose = useChange('PUT /whatsapp/instances/{id}/primary', {
    said: () => ({ text: words.isPrimary(name) }),
  })
  const disconnect = useChange('POST /whatsapp/instances/{id}/disconnect', {
    done: close,
    said: () => ({ text: words.disconnected(name) }),
  })
  const remove = useChange('DELETE /whatsapp/instances/{id}', {
    touches: ['account'],
    done: () => go('/settings/whatsapp', { replace: true }),
    said: () => ({ text: words.removed(name) }),
  })
  const isOff = number.status === 'disconnected' || number.status === 'failed'
  return (
    <>
      {isOff && (
        <Button
          leftSection={<Plug size={16} aria-hidden />}
          loading={connect.isPending}
          onClick={() => connect.mutate({ params })}
        >
          {words.reconnect}
        </Button>
      )}
      <Menu position="bottom-end" width={240} shadow="md">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={settings.more(name)}>
            <Ellipsis size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {!number.is_primary && (
            <Menu.Item leftSection={<Star size={16} aria-hidden />} onClick={() => choose.mutate({ params })}>
              {words.makePrimary}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Pencil size={16} aria-hidden />} onClick={() => ask('rename')}>
            {settings.rename}
          </Menu.Item>
          <Menu.Item
            leftSection={<RefreshCw size={16} aria-hidden />}
            onClick={() => look.mutate({ params })}
          >
            {words.look}
          </Menu.Item>
          {!isOff && (
            <Menu.Item leftSection={<PlugZap size={16} aria-hidden />} onClick={() => ask('disconnect')}>
              {words.disconnect}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<Trash2 size={16} aria-hidden />} onClick={() => ask('remove')}>
            {words.remove}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking === 'rename' && <RenameNumber number={number} close={close} />}
      {asking === 'disconnect' && (
        <Confirm
          title={words.disconnectTitle(name)}
          text={words.disconnectHelp}
          action={words.disconnect}
          isBusy={disconnect.isPending}
          confirm={() => disconnect.mutate({ params })}
          close={close}
        />
      )}
      {asking === 'remove' && (
        <Confirm
          title={words.removeTitle(name)}
          text={words.removeHelp}
          action={words.remove}
          isBusy={remove.isPending}
          confirm={() => remove.mutate({ params })}
          close={close}
        />
      )}
    </>
  )
}
