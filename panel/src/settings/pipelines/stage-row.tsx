import { Badge, Button, Collapse, ColorSwatch } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { look } from '../../api/look.ts'
import type { Pipeline, Stage } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'
import { SortedRow } from '../parts/sorted-row.tsx'
import { RequiredTasks } from './required-tasks.tsx'
import { StageMenu } from './stage-menu.tsx'

type Wanted = {
  stage: Stage
  grip: ReactNode
  pipeline: Pipeline
  pipelines: Pipeline[]
  leads: number | undefined
  mayChange: boolean
}

/** A stage, and what it demands. */
export function StageRow({ stage, grip, pipeline, pipelines, leads, mayChange }: Wanted) {
  const words = useWords().settings.process
  const [isOpen, { toggle }] = useDisclosure(false)
  const demands = useQuery(look('GET /stages/{id}/required-tasks', { params: { id: stage.id } })).data?.data
  const isLast = stage.is_won || stage.is_lost
  const Arrow = isOpen ? ChevronDown : ChevronRight
  return (
    <>
      <SortedRow
        grip={grip}
        icon={<ColorSwatch color={stage.color} size={14} withShadow={false} aria-hidden />}
        title={stage.name}
        badges={
          isLast && (
            <Badge variant="light" color={stage.is_won ? 'teal' : 'red'} tt="none">
              {stage.is_won ? words.kinds.won : words.kinds.lost}
            </Badge>
          )
        }
        detail={
          <>
            {leads === undefined ? ' ' : words.leads(leads)}
            {demands && demands.length > 0 && ` · ${words.demands(demands.length)}`}
          </>
        }
      >
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          rightSection={<Arrow size={14} aria-hidden />}
          aria-expanded={isOpen}
          aria-label={words.tasksOf(stage.name)}
          onClick={toggle}
        >
          {words.tasks}
        </Button>
        {mayChange && <StageMenu stage={stage} pipeline={pipeline} pipelines={pipelines} />}
      </SortedRow>
      <Collapse expanded={isOpen}>
        {isOpen && <RequiredTasks stage={stage} demands={demands ?? []} mayChange={mayChange} />}
      </Collapse>
    </>
  )
}
