import { Badge, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { CSSProperties } from 'react'
import { look } from '../api/look.ts'
import { useCan } from '../api/session.ts'
import { useFormat } from '../parts/format.ts'
import { useMoves } from '../pipelines/moving/moving.tsx'
import { useWords } from '../words/words.ts'
import type { ShownLead } from './lead-cache.ts'

/** Where the lead stands in its pipeline; a click on another stage moves it there. */
export function StageBar({ lead }: { lead: ShownLead }) {
  const { leads, pipelines } = useWords()
  const { ago } = useFormat()
  const { move } = useMoves()
  const mayMove = useCan('leads:write') && lead.status !== 'archived'
  const asked = useQuery(look('GET /pipelines'))
  const stages = asked.data?.pipelines.find(({ id }) => id === lead.pipeline_id)?.stages ?? []
  const at = stages.findIndex(({ id }) => id === lead.stage_id)
  return (
    <>
      <Group gap="xs" mb="xs" fz="sm" c="dimmed">
        {lead.status !== 'open' && (
          <Badge color={statusColor[lead.status]} variant="light" size="lg" tt="none">
            {leads.isStatus[lead.status]}
          </Badge>
        )}
        {lead.pipeline.name} · {pipelines.since(ago(lead.stage_changed_at))}
      </Group>
      <nav className="lead-stages" aria-label={pipelines.stages}>
        {stages.map((stage, index) => (
          <button
            key={stage.id}
            type="button"
            disabled={!mayMove || index === at}
            aria-current={index === at ? 'step' : undefined}
            data-passed={index < at || undefined}
            style={{ '--stage-color': stage.color } as CSSProperties}
            onClick={() => move(lead, stage)}
          >
            {stage.name}
          </button>
        ))}
      </nav>
    </>
  )
}

const statusColor = { open: 'gray', won: 'green', lost: 'red', archived: 'gray' }
