import { Button } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { type ApiFailure, inWords } from '../api/failure.ts'
import { useWords } from '../words/words.ts'
import { Notice } from './notice.tsx'
import { Waiting } from './waiting.tsx'

type Asking<T> = Pick<UseQueryResult<T, ApiFailure>, 'data' | 'error' | 'refetch'>

/** What was asked of the API: the answer, else that it is on its way, else what went wrong. */
export function Asked<T>({ of, children }: { of: Asking<T>; children: (answer: T) => ReactNode }) {
  const words = useWords()
  if (of.data !== undefined) return children(of.data)
  if (!of.error) return <Waiting />
  return (
    <Notice title={words.failures.title} text={inWords(of.error, words)}>
      <Button variant="default" onClick={() => of.refetch()}>
        {words.common.tryAgain}
      </Button>
    </Notice>
  )
}
