import { Modal, NavLink, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import { Fragment } from 'react'
import { look } from '../../api/look.ts'
import type { Lead } from '../../leads/pages.ts'
import { Asked } from '../../parts/asked.tsx'
import { useWords } from '../../words/words.ts'
import type { Pipeline, Stage } from './moving.tsx'
import { StageDot } from './stage-dot.tsx'

type Wanted = { lead: Lead; close: () => void; choose: (stage: Stage) => void }

/** Every stage that a lead can go to, its own pipeline's first: for the keyboard, and for a thumb. */
export default function StageDialog({ lead, close, choose }: Wanted) {
  const { pipelines } = useWords()
  const asked = useQuery(look('GET /pipelines'))
  return (
    <Modal opened onClose={close} title={pipelines.moveTitle(lead.name)}>
      <Asked of={asked}>
        {(answer) => (
          <Stack gap={2}>
            {ownFirst(answer.pipelines, lead.pipeline_id).map(({ id, name, stages }) => (
              <Fragment key={id}>
                {answer.pipelines.length > 1 && (
                  <Text size="xs" c="dimmed" mt="xs">
                    {name}
                  </Text>
                )}
                {stages.map((stage) => (
                  <NavLink
                    key={stage.id}
                    component="button"
                    label={stage.name}
                    leftSection={<StageDot stage={stage} />}
                    rightSection={stage.id === lead.stage_id && <Check size={16} aria-hidden />}
                    disabled={stage.id === lead.stage_id}
                    onClick={() => choose(stage)}
                  />
                ))}
              </Fragment>
            ))}
          </Stack>
        )}
      </Asked>
    </Modal>
  )
}

const ownFirst = (all: Pipeline[], own: number) =>
  all.toSorted((a, b) => Number(b.id === own) - Number(a.id === own))
