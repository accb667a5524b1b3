import { useChange } from '../../api/change.tsx'
import type { ApiFailure } from '../../api/failure.ts'
import type { Lead } from '../../leads/pages.ts'
import { useWords } from '../../words/words.ts'
import { showMoved } from './ahead.ts'
import type { PendingTask } from './moving.tsx'

type Place = { id: number; name: string; status: Lead['status'] }
export type Step = { lead: Lead; to: Place; value?: number; reasonId?: number | null; isBack?: boolean }
export type Held = Pick<Step, 'lead' | 'to'> & { pending: PendingTask[]; again: () => void }

/** Takes a lead to a stage by the route that fits it, and back again; asks when mandatory tasks hold it. */
export function useTake(ask: (held: Held) => void) {
  const { pipelines } = useWords()
  const revalue = useChange('PATCH /leads/{id}')
  const wanted = {
    touches: ['pipelines' as const, 'tasks' as const],
    ahead: ({ lead, to }: Step) => showMoved(lead, to),
    said: (_: unknown, step: Step) =>
      step.isBack
        ? { text: pipelines.movedBack(step.lead.name) }
        : { text: pipelines.moved(step.lead.name, step.to.name), undo: () => undo(step) },
    failed(error: ApiFailure, step: Step) {
      const pending = error.body.pending_tasks
      if (pending) ask({ ...step, pending, again: () => take(step) })
      return pending !== undefined
    },
  }
  const moved = useChange<'PUT /leads/{id}/stage', Step>('PUT /leads/{id}/stage', wanted)
  const won = useChange<'PUT /leads/{id}/won', Step>('PUT /leads/{id}/won', wanted)
  const lost = useChange<'PUT /leads/{id}/lost', Step>('PUT /leads/{id}/lost', wanted)

  function take(step: Step) {
    const { lead, to, value, reasonId } = step
    const params = { id: lead.id }
    if (to.status === 'won') won.mutate({ ...step, params, body: { stage_id: to.id, value } })
    else if (to.status === 'lost')
      lost.mutate({ ...step, params, body: { stage_id: to.id, reason_id: reasonId } })
    else moved.mutate({ ...step, params, body: { stage_id: to.id } })
  }
  function undo({ lead, to, value }: Step) {
    if (value !== undefined && value !== lead.value)
      revalue.mutate({ params: { id: lead.id }, body: { value: lead.value } })
    take({
      lead: { ...lead, stage_id: to.id, stage: { id: to.id, name: to.name }, status: to.status },
      to: { id: lead.stage_id, name: lead.stage.name, status: lead.status },
      reasonId: lead.lost_reason_id,
      isBack: true,
    })
  }
  return take
}
