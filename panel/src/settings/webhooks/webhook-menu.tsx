import { ActionIcon, Menu } from '@mantine/core'
import { Ellipsis, KeyRound, Pencil, Power, RotateCcw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useChange } from '../../api/change.tsx'
import { useFormat } from '../../parts/format.ts'
import { useWords } from '../../words/words.ts'
import { Confirm } from '../parts/confirm.tsx'
import { ShownOnce } from '../parts/shown-once.tsx'
import { EditWebhook } from './edit-webhook.tsx'
import { ReplayForm } from './replay-form.tsx'
import type { ShownWebhook } from './webhook-detail.tsx'

type Asking = 'edit' | 'replay' | 'rotate' | 'remove' | null

export function WebhookMenu({ webhook }: { webhook: ShownWebhook }) {
  const { settings } = useWords()
  const words = settings.webhooks
  const { moment } = useFormat()
  const [asking, ask] = useState<Asking>(null)
  const [, go] = useLocation()
  const close = () => ask(null)
  const params = { id: webhook.id }
  const switchOn = useChange('PUT /webhooks/{id}')
  const switchOff = useChange('PUT /webhooks/{id}', {
    said: () => ({
      text: words.isOff,
      undo: () => switchOn.mutate({ params, body: { is_active: true } }),
    }),
  })
  const rotate = useChange('POST /webhooks/{id}/rotate-secret', { done: close })
  const remove = useChange('DELETE /webhooks/{id}', {
    touches: ['account'],
    done: () => go('/settings/webhooks', { replace: true }),
    said: () => ({ text: words.removed }),
  })
  return (
    <>
      <Menu position="bottom-end" width={230} shadow="md">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={settings.more(webhook.target_url)}>
            <Ellipsis size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Pencil size={16} aria-hidden />} onClick={() => ask('edit')}>
            {settings.edit}
          </Menu.Item>
          <Menu.Item leftSection={<RotateCcw size={16} aria-hidden />} onClick={() => ask('replay')}>
            {words.replay}
          </Menu.Item>
          <Menu.Item leftSection={<KeyRound size={16} aria-hidden />} onClick={() => ask('rotate')}>
            {words.rotate}
          </Menu.Item>
          {webhook.is_active && (
            <Menu.Item
              leftSection={<Power size={16} aria-hidden />}
              onClick={() => switchOff.mutate({ params, body: { is_active: false } })}
            >
              {words.switchOff}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<Trash2 size={16} aria-hidden />} onClick={() => ask('remove')}>
            {settings.remove}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking === 'edit' && <EditWebhook webhook={webhook} close={close} />}
      {asking === 'replay' && <ReplayForm id={webhook.id} close={close} />}
      {asking === 'rotate' && (
        <Confirm
          title={words.rotateTitle}
          text={words.rotateHelp}
          action={words.rotate}
          color="teal"
          isBusy={rotate.isPending}
          confirm={() => rotate.mutate({ params })}
          close={close}
        />
      )}
      {asking === 'remove' && (
        <Confirm
          title={words.removeTitle}
          text={words.removeHelp}
          action={settings.remove}
          isBusy={remove.isPending}
          confirm={() => remove.mutate({ params })}
          close={close}
        />
      )}
      {rotate.data && (
        <ShownOnce
          title={words.rotated}
          warning={`${words.secretOnce} ${words.oldUntil(moment(rotate.data.previous_secret_until))}`}
          label={words.secret}
          value={rotate.data.secret}
          close={rotate.reset}
        />
      )}
    </>
  )
}
