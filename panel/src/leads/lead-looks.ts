import { look } from '../api/look.ts'
import { useCan } from '../api/session.ts'
import { useTogether } from '../parts/together.ts'

export const duplicatesOf = (id: number) =>
  look('GET /leads/duplicates', { query: { lead_id: id, per_page: 3 } })
export const pendingTasksOf = (id: number) =>
  look('GET /tasks', { query: { lead_id: id, status: 'pending' } })
export const runsOf = (id: number) => look('GET /leads/{id}/sequences', { params: { id } })
export const ownFields = look('GET /custom-fields', { query: { active_only: true } })

/** Whether all that stands above or between the rest of a lead is there. */
export const useLeadLooks = (id: number) =>
  useTogether(
    [
      look('GET /pipelines'),
      duplicatesOf(id),
      useCan('tasks:read') && pendingTasksOf(id),
      useCan('sequences:read') && runsOf(id),
      useCan('custom_fields:read') && ownFields,
    ].filter((each) => each !== false),
  )
