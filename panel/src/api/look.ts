import { infiniteQueryOptions, QueryClient, queryOptions } from '@tanstack/react-query'
import { type AnswerOf, type Asked, type Input, type Inputs, type Operation, send } from './call.ts'
import { ApiFailure } from './failure.ts'

export type Looking = Extract<Operation, `GET ${string}`>
/** The first word of a path: what the answer is about. */
type NounIn<P extends string> = P extends `/${infer N}/${string}` ? N : P extends `/${infer N}` ? N : never
export type Noun = Looking extends `GET ${infer P}` ? NounIn<P> : never

/** A question to the API, for `useQuery(look('GET /leads', { query }))`. Its key begins with the noun. */
export function look<O extends Looking>(operation: O, ...[input]: Inputs<O>) {
  return queryOptions<AnswerOf<O>, ApiFailure>({
    queryKey: keyOf(operation, input),
    queryFn: ({ signal }) => send(operation, input as Asked, signal),
  })
}

type Listing = {
  [O in Looking]: AnswerOf<O> extends { data: unknown[]; meta: { next_cursor?: string | null } } ? O : never
}[Looking]

/** A list that goes on as one scrolls, for `useInfiniteQuery(lookOn('GET /leads', { query }))`. */
export function lookOn<O extends Listing>(operation: O, input: Input<O>) {
  const asked = input as Asked
  return infiniteQueryOptions<
    AnswerOf<O>,
    ApiFailure,
    AnswerOf<O>['data'][number][],
    readonly unknown[],
    string
  >({
    queryKey: [...keyOf(operation, input), 'on'],
    queryFn: ({ signal, pageParam }) =>
      send(operation, { ...asked, query: { ...asked.query, cursor: pageParam } }, signal),
    initialPageParam: '',
    getNextPageParam: ({ meta }) => (meta as { next_cursor?: string | null }).next_cursor,
    select: ({ pages }) => pages.flatMap((page) => page.data as AnswerOf<O>['data'][number][]),
  })
}

export function keyOf(operation: Operation, input: unknown) {
  return [nounOf(operation), operation, input ?? {}] as const
}

export const nounOf = (operation: Operation) => operation.split('/')[1] as Noun

export const client = new QueryClient({
  defaultOptions: {
    queries: {
      // Events say when something changed; until then what is shown is right.
      staleTime: 60_000,
      retry: (count, error) =>
        count < 2 && (!(error instanceof ApiFailure) || [0, 503].includes(error.status)),
    },
  },
})

/** Ask again whatever is about these nouns. */
export const refresh = (...nouns: Noun[]) =>
  client.invalidateQueries({ predicate: ({ queryKey }) => nouns.includes(queryKey[0] as Noun) })
