import type { AnswerOf } from '../api/call.ts'
import { client } from '../api/look.ts'

type Answer = AnswerOf<'GET /leads/{id}'>
export type ShownLead = Answer['lead']

/** Shows what became of a lead before the server has answered, wherever this one lead is shown. */
export const showLead = (id: number, changes: Partial<ShownLead>) =>
  client.setQueriesData<Answer>(
    {
      queryKey: ['leads', 'GET /leads/{id}'],
      predicate: ({ queryKey }) => (queryKey[2] as { params?: { id: number } }).params?.id === id,
    },
    (answer) => answer && { ...answer, lead: { ...answer.lead, ...changes } },
  )

/** Nothing is asked about a lead any more, although its screen may stay until the next one is loaded. */
export const forgetLead = (id: number) =>
  client.removeQueries({
    queryKey: ['leads'],
    predicate: ({ queryKey }) => (queryKey[2] as { params?: { id: number } }).params?.id === id,
  })
