import { useChange } from '../api/change.tsx'
import type { Task } from '../api/types.ts'
import { useWords } from '../words/words.ts'

/** Done with one click and undone with another. */
export function useDone({ id, subject }: Task) {
  const { tasks } = useWords()
  const params = { id }
  const complete = useChange('PUT /tasks/{id}/complete', {
    touches: ['leads'],
    said: () => ({ text: tasks.completed(subject), undo: () => reopen.mutate({ params }) }),
  })
  const reopen = useChange('PUT /tasks/{id}/reopen', {
    touches: ['leads'],
    said: () => ({ text: tasks.reopened(subject) }),
  })
  return {
    isPending: complete.isPending || reopen.isPending,
    complete: () => complete.mutate({ params }),
    reopen: () => reopen.mutate({ params }),
  }
}
