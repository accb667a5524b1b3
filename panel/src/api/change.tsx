import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { Said } from '../parts/said.tsx'
import { useWords } from '../words/words.ts'
import { type AnswerOf, type Asked, type Input, type Operation, send } from './call.ts'
import { type ApiFailure, inWords } from './failure.ts'
import { client, type Noun, nounOf, refresh } from './look.ts'

export type Changing = Exclude<Operation, `GET ${string}`>

type Wanted<O extends Changing, I> = {
  /** What else looks different afterwards; the noun of the path itself always does. */
  touches?: Noun[]
  /** Show the change at once, by writing to `client`; an error puts back what these nouns' answers were. */
  ahead?: (input: I) => void
  /** What to say when it is done, and how to take it back. */
  said?: (answer: AnswerOf<O>, input: I) => { text: string; undo?: () => void } | undefined
  done?: (answer: AnswerOf<O>, input: I) => void
  /** True when the screen itself shows this failure, as a form does with its fields. */
  failed?: (error: ApiFailure, input: I) => boolean
}

/**
 * A change through the API: `const move = useChange('PUT /leads/{id}/stage', { … }); move.mutate({ params, body })`.
 * `useChange<O, { lead: Lead }>` also hands `lead` from `mutate` to what is told afterwards; it is not sent.
 */
export function useChange<O extends Changing, Known = unknown>(
  operation: O,
  wanted: Wanted<O, Input<O> & Known> = {},
) {
  const words = useWords()
  const nouns = [nounOf(operation), ...(wanted.touches ?? [])]
  const concerns = ({ queryKey }: { queryKey: readonly unknown[] }) => nouns.includes(queryKey[0] as Noun)
  return useMutation<AnswerOf<O>, ApiFailure, Input<O> & Known, () => void>({
    mutationFn: (input) => send(operation, input as Asked),
    async onMutate(input) {
      if (!wanted.ahead) return () => {}
      await client.cancelQueries({ predicate: concerns })
      const before = client.getQueriesData({ predicate: concerns })
      wanted.ahead(input)
      return () => {
        for (const [key, data] of before) client.setQueryData(key, data)
      }
    },
    onSuccess(answer, input) {
      wanted.done?.(answer, input)
      const { text, undo } = wanted.said?.(answer, input) ?? {}
      if (text) say(text, undo)
    },
    onError(error, input, putBack) {
      putBack?.()
      if (!wanted.failed?.(error, input)) complain(inWords(error, words))
    },
    onSettled: () => refresh(...nouns),
  })
}

export function say(text: string, undo?: () => void) {
  function back() {
    notifications.hide(id)
    undo?.()
  }
  const id = notifications.show({
    message: <Said text={text} undo={undo && back} />,
    autoClose: undo ? 8_000 : 4_000,
  })
}

export const complain = (text: string) =>
  notifications.show({ message: text, color: 'red', autoClose: 8_000, role: 'alert' })
