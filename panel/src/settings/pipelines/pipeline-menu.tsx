import { ActionIcon, Menu } from '@mantine/core'
import { Ellipsis, Pencil, Star, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useChange } from '../../api/change.tsx'
import { useCan } from '../../api/session.ts'
import type { Pipeline } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'
import { NameDialog } from '../parts/name-dialog.tsx'
import { DeleteWithLeads } from './delete-with-leads.tsx'
import { showPipelines } from './show-pipelines.ts'

type Wanted = { pipeline: Pipeline; pipelines: Pipeline[]; isOpen?: boolean }

export function PipelineMenu({ pipeline, pipelines, isOpen = false }: Wanted) {
  const { settings } = useWords()
  const words = settings.process
  const mayChoose = useCan('users:write')
  const [, go] = useLocation()
  const [asking, ask] = useState<'rename' | 'remove' | null>(null)
  const close = () => ask(null)
  const params = { id: pipeline.id }
  const rename = useChange('PUT /pipelines/{id}', {
    done: close,
    said: () => ({ text: settings.saved }),
    failed: (error) => error.body.errors !== undefined,
  })
  const choose = useChange('PUT /account', { said: () => ({ text: words.nowDefault(pipeline.name) }) })
  const remove = useChange('DELETE /pipelines/{id}', {
    touches: ['account', 'leads'],
    // Nothing more is asked of a pipeline that is no longer there.
    ahead() {
      if (isOpen) go('/settings/pipelines', { replace: true })
      showPipelines((all) => all.filter(({ id }) => id !== pipeline.id))
    },
    said: () => ({ text: words.removed(pipeline.name) }),
  })
  const others = pipelines.filter(({ id }) => id !== pipeline.id)
  return (
    <>
      <Menu position="bottom-end" width={230} shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={36} aria-label={settings.more(pipeline.name)}>
            <Ellipsis size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Pencil size={16} aria-hidden />} onClick={() => ask('rename')}>
            {settings.rename}
          </Menu.Item>
          {mayChoose && (
            <Menu.Item
              leftSection={<Star size={16} aria-hidden />}
              onClick={() => choose.mutate({ body: { default_pipeline_id: pipeline.id } })}
            >
              {words.makeDefault}
            </Menu.Item>
          )}
          {others.length > 0 && (
            <Menu.Item
              color="red"
              leftSection={<Trash2 size={16} aria-hidden />}
              onClick={() => ask('remove')}
            >
              {settings.remove}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asking === 'rename' && (
        <NameDialog
          title={settings.rename}
          name={pipeline.name}
          isBusy={rename.isPending}
          close={close}
          save={(name, failed) => rename.mutate({ params, body: { name } }, { onError: failed })}
        />
      )}
      {asking === 'remove' && (
        <DeleteWithLeads
          title={words.removeTitle(pipeline.name)}
          of={pipeline}
          stageIds={pipeline.stages.map(({ id }) => id)}
          pipelines={others}
          isBusy={remove.isPending}
          remove={(query) => remove.mutate({ params, query })}
          close={close}
        />
      )}
    </>
  )
}
