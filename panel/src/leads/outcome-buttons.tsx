import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ThumbsDown, Trophy } from 'lucide-react'
import { look } from '../api/look.ts'
import { useCan } from '../api/session.ts'
import { useMoves } from '../pipelines/moving/moving.tsx'
import { useWords } from '../words/words.ts'
import type { ShownLead } from './lead-cache.ts'

/** The two ends of a sale, one click away. */
export function OutcomeButtons({ lead }: { lead: ShownLead }) {
  const { leads } = useWords()
  const { move } = useMoves()
  const mayMove = useCan('leads:write')
  const asked = useQuery(look('GET /pipelines'))
  const stages = asked.data?.pipelines.find(({ id }) => id === lead.pipeline_id)?.stages ?? []
  const [won, lost] = [stages.find(({ is_won }) => is_won), stages.find(({ is_lost }) => is_lost)]
  if (!mayMove || lead.status !== 'open') return null
  return (
    <>
      {won && (
        <Button leftSection={<Trophy size={16} aria-hidden />} onClick={() => move(lead, won)}>
          {leads.won}
        </Button>
      )}
      {lost && (
        <Button
          variant="default"
          leftSection={<ThumbsDown size={16} aria-hidden />}
          onClick={() => move(lead, lost)}
        >
          {leads.lost}
        </Button>
      )}
    </>
  )
}
