import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Redirect } from 'wouter'
import { look } from '../api/look.ts'
import { SessionContext } from '../api/session.ts'
import { Asked } from '../parts/asked.tsx'
import { Frame } from './frame.tsx'

/** Everything that needs somebody; whoever is nobody signs in, and comes back to where they were going. */
export function SignedIn({ children }: { children: ReactNode }) {
  const asked = useQuery(look('GET /session'))
  if (asked.error?.status === 401) {
    const next = location.pathname + location.search
    return <Redirect to={next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`} replace />
  }
  return (
    <Asked of={asked}>
      {(session) => (
        <SessionContext value={session}>
          <Frame>{children}</Frame>
        </SessionContext>
      )}
    </Asked>
  )
}
