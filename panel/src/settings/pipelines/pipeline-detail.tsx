import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useChange } from '../../api/change.tsx'
import { look } from '../../api/look.ts'
import { useCan } from '../../api/session.ts'
import type { Pipeline } from '../../api/types.ts'
import { Asked } from '../../parts/asked.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useWords } from '../../words/words.ts'
import { Section } from '../parts/section.tsx'
import { SortedList } from '../parts/sorted-list.tsx'
import { PipelineMenu } from './pipeline-menu.tsx'
import { showPipelines } from './show-pipelines.ts'
import { StageForm } from './stage-form.tsx'
import { StageRow } from './stage-row.tsx'

export function PipelineDetail({ id }: { id: number }) {
  const { settings, failures } = useWords()
  const words = settings.process
  const mayChange = useCan('pipelines:write')
  const [isAdding, add] = useState(false)
  const asked = useQuery(look('GET /pipelines'))
  const pipelines = asked.data?.pipelines ?? []
  const pipeline = pipelines.find((each) => each.id === id)
  return (
    <Section
      title={pipeline?.name ?? settings.sections.pipelines}
      from={{ path: '/settings/pipelines', name: settings.sections.pipelines }}
      help={words.stagesHelp}
      isLocked={!mayChange}
      beside={
        pipeline &&
        mayChange && (
          <>
            <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => add(true)}>
              {words.newStage}
            </Button>
            <PipelineMenu pipeline={pipeline} pipelines={pipelines} isOpen />
          </>
        )
      }
    >
      <Asked of={asked}>
        {() =>
          pipeline ? (
            <Stages pipeline={pipeline} pipelines={pipelines} mayChange={mayChange} />
          ) : (
            <Notice title={failures.gone} />
          )
        }
      </Asked>
      {isAdding && pipeline && <StageForm pipeline={pipeline} close={() => add(false)} />}
    </Section>
  )
}

type Shown = { pipeline: Pipeline; pipelines: Pipeline[]; mayChange: boolean }

function Stages({ pipeline, pipelines, mayChange }: Shown) {
  const words = useWords().settings.process
  const board = useQuery(look('GET /pipelines/{id}/board', { params: { id: pipeline.id } })).data?.board
  const move = useChange<'PUT /stages/{id}', { order: Pipeline['stages'] }>('PUT /stages/{id}', {
    touches: ['pipelines'],
    ahead: ({ order }) =>
      showPipelines((all) =>
        all.map((each) => (each.id === pipeline.id ? { ...each, stages: order } : each)),
      ),
  })
  return (
    <Stack>
      <SortedList
        label={words.stages}
        things={pipeline.stages}
        isFixed={!mayChange}
        moved={({ id }, place, order) =>
          move.mutate({ params: { id }, body: { position: place + 1 }, order })
        }
      >
        {(stage, grip) => (
          <StageRow
            stage={stage}
            grip={grip}
            pipeline={pipeline}
            pipelines={pipelines}
            leads={board?.stages.find(({ id }) => id === stage.id)?.leads}
            mayChange={mayChange}
          />
        )}
      </SortedList>
    </Stack>
  )
}
