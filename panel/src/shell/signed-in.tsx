import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Redirect } from 'wouter'
import { look } from '../api/look.ts'
import { type Session, SessionContext } from '../api/session.ts'
import { Asked } from '../parts/asked.tsx'
import { useTheirLooks } from '../parts/looks.ts'
import { Waiting } from '../parts/waiting.tsx'
import { Frame } from './frame.tsx'

/** Everything that needs somebody; whoever is nobody signs in, and comes back to where they were going. */
export function SignedIn({ children }: { children: ReactNode }) {
  const asked = useQuery({ ...look('GET /session'), retryOnMount: false })
  if (asked.error?.status === 401) {
    const next = location.pathname + location.search
    return <Redirect to={next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`} replace />
  }
  return <Asked of={asked}>{(session) => <Inside session={session}>{children}</Inside>}</Asked>
}

function Inside({ session, children }: { session: Session; children: ReactNode }) {
  if (!useTheirLooks(session.preferences)) return <Waiting />
  return (
    <SessionContext value={session}>
      <Frame>{children}</Frame>
    </SessionContext>
  )
}
