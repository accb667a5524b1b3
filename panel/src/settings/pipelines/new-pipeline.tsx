import { Text } from '@mantine/core'
import { useLocation } from 'wouter'
import { useChange } from '../../api/change.tsx'
import { useWords } from '../../words/words.ts'
import { NameDialog } from '../parts/name-dialog.tsx'

export function NewPipeline({ close }: { close: () => void }) {
  const words = useWords().settings.process
  const [, go] = useLocation()
  const create = useChange('POST /pipelines', {
    touches: ['account'],
    done: ({ pipeline }) => go(`/settings/pipelines/${pipeline.id}`),
    failed: (error) => error.body.errors !== undefined,
  })
  return (
    <NameDialog
      title={words.newPipeline}
      action={words.create}
      isBusy={create.isPending}
      close={close}
      save={(name, failed) => create.mutate({ body: { name } }, { onError: failed })}
    >
      <Text size="sm" c="dimmed">
        {words.newPipelineHelp}
      </Text>
    </NameDialog>
  )
}
