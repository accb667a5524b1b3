import { Badge, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useChange } from '../../api/change.tsx'
import { look } from '../../api/look.ts'
import { useCan } from '../../api/session.ts'
import { Asked } from '../../parts/asked.tsx'
import { useWords } from '../../words/words.ts'
import { Section } from '../parts/section.tsx'
import { SortedList } from '../parts/sorted-list.tsx'
import { SortedRow } from '../parts/sorted-row.tsx'
import { NewPipeline } from './new-pipeline.tsx'
import { PipelineMenu } from './pipeline-menu.tsx'
import { showPipelines } from './show-pipelines.ts'

export function PipelineList() {
  const { settings } = useWords()
  const words = settings.process
  const mayChange = useCan('pipelines:write')
  const [isMaking, make] = useState(false)
  const asked = useQuery(look('GET /pipelines'))
  const { data: account } = useQuery(look('GET /account'))
  const move = useChange<'PUT /pipelines/{id}', { order: number[] }>('PUT /pipelines/{id}', {
    ahead: ({ order }) =>
      showPipelines((all) => all.toSorted((one, other) => order.indexOf(one.id) - order.indexOf(other.id))),
  })
  return (
    <Section
      title={settings.sections.pipelines}
      help={words.pipelinesHelp}
      isLocked={!mayChange}
      beside={
        mayChange && (
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => make(true)}>
            {words.newPipeline}
          </Button>
        )
      }
    >
      <Asked of={asked}>
        {({ pipelines }) => (
          <SortedList
            label={settings.sections.pipelines}
            things={pipelines}
            isFixed={!mayChange}
            moved={({ id }, place, order) =>
              move.mutate({
                params: { id },
                body: { position: place + 1 },
                order: order.map((each) => each.id),
              })
            }
          >
            {(pipeline, grip) => (
              <SortedRow
                grip={grip}
                title={pipeline.name}
                href={`/settings/pipelines/${pipeline.id}`}
                badges={
                  account?.account.default_pipeline_id === pipeline.id && (
                    <Badge variant="light" tt="none">
                      {words.isDefault}
                    </Badge>
                  )
                }
                detail={pipeline.stages.map(({ name }) => name).join(' → ')}
              >
                {mayChange && <PipelineMenu pipeline={pipeline} pipelines={pipelines} />}
              </SortedRow>
            )}
          </SortedList>
        )}
      </Asked>
      {isMaking && <NewPipeline close={() => make(false)} />}
    </Section>
  )
}
