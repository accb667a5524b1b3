import { useChange } from '../api/change.tsx'
import type { Task } from '../api/types.ts'
import { useWords } from '../words/words.ts'

/** Deleted at once; undone, an equal one is made. */
export function useDelete(done: () => void) {
  const { tasks } = useWords()
  const again = useChange('POST /tasks', { touches: ['leads'] })
  return useChange<'DELETE /tasks/{id}', { task: Task }>('DELETE /tasks/{id}', {
    touches: ['leads'],
    done,
    said: (_, { task }) => ({
      text: tasks.deleted(task.subject),
      undo: () => again.mutate({ body: written(task) }),
    }),
  })
}

const written = (task: Task) => ({
  subject: task.subject,
  description: task.description,
  type: task.type,
  priority: task.priority,
  due_date: task.due_date,
  due_time: task.due_time,
  lead_id: task.lead_id,
  assigned_to: task.assigned_to,
  notes: task.notes,
})
