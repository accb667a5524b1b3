import { ActionIcon, Menu } from '@mantine/core'
import { Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useChange } from '../../api/change.tsx'
import type { Pipeline, Stage } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'
import { DeleteWithLeads } from './delete-with-leads.tsx'
import { showPipelines } from './show-pipelines.ts'
import { StageForm } from './stage-form.tsx'

type Wanted = { stage: Stage; pipeline: Pipeline; pipelines: Pipeline[] }

export function StageMenu({ stage, pipeline, pipelines }: Wanted) {
  const { settings } = useWords()
  const words = settings.process
  const [asking, ask] = useState<'edit' | 'remove' | null>(null)
  const close = () => ask(null)
  const remove = useChange('DELETE /stages/{id}', {
    touches: ['pipelines', 'leads'],
    // Its row goes first, and asks no more of a stage that is no longer there.
    ahead: () => showPipelines((all) => all.map(without(stage))),
    said: () => ({ text: words.removed(stage.name) }),
  })
  return (
    <>
      <Menu position="bottom-end" width={200} shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={36} aria-label={settings.more(stage.name)}>
            <Ellipsis size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Pencil size={16} aria-hidden />} onClick={() => ask('edit')}>
            {settings.edit}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<Trash2 size={16} aria-hidden />} onClick={() => ask('remove')}>
            {settings.remove}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking === 'edit' && <StageForm pipeline={pipeline} stage={stage} close={close} />}
      {asking === 'remove' && (
        <DeleteWithLeads
          title={words.removeTitle(stage.name)}
          of={pipeline}
          stageIds={[stage.id]}
          pipelines={pipelines}
          isBusy={remove.isPending}
          remove={(query) => remove.mutate({ params: { id: stage.id }, query })}
          close={close}
        />
      )}
    </>
  )
}

const without = (stage: Stage) => (pipeline: Pipeline) => ({
  ...pipeline,
  stages: pipeline.stages.filter(({ id }) => id !== stage.id),
})
