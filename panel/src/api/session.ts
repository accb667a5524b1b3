import { createContext, useContext } from 'react'
import type { AnswerOf } from './call.ts'

export type Session = AnswerOf<'GET /session'>

export const SessionContext = createContext<Session | null>(null)

/** Who is signed in, to which account, and what they may do. */
export function useSession() {
  const session = useContext(SessionContext)
  if (!session) throw new Error('Nobody is signed in here: a screen stands inside of <SignedIn>')
  return session
}

type Resource =
  | 'leads'
  | 'tasks'
  | 'pipelines'
  | 'custom_fields'
  | 'sequences'
  | 'whatsapp'
  | 'users'
  | 'webhooks'
export type Permission = `${Resource}:${'read' | 'write'}` | 'events:read' | 'reports:read' | 'admin'

/** `useCan('leads:write')`: what somebody may not do is not offered. */
export const useCan = (permission: Permission) => useSession().permissions.includes(permission)
